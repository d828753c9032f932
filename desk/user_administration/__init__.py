"""Gebruikersbeheer: what a contact person sees and does."""
