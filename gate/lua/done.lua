-- An event was worked up: it goes, and nobody takes it again.
-- KEYS  stream      ARGV  1 group    2 id

redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XDEL', KEYS[1], ARGV[2])
