-- The batch was written to the journal: forget it, unless another one took its place.
-- KEYS  draining      ARGV  1 batch id

if redis.call('HGET', KEYS[1], 'batch') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
