-- Sets a batch of counts apart for the journal, under an id that it keeps until it has been written.
--
-- KEYS  journal, draining (one slot)      ARGV  1 a fresh batch id
-- Answers the batch as field, value, ... with its id under 'batch'; nothing where there is none.

if redis.call('EXISTS', KEYS[2]) == 0 then
  if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
  redis.call('RENAME', KEYS[1], KEYS[2])
end
redis.call('HSETNX', KEYS[2], 'batch', ARGV[1])
return redis.call('HGETALL', KEYS[2])
