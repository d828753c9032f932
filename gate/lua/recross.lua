-- Brings back the crossing of a mark whose event got lost, so that a block comes of it that can be lifted.
--
-- KEYS  marks, stream (one slot)
-- ARGV  1 service code    2 the mark as it was found    3 the id to go on with: the same, or a fresh one where it is none
--       4... the event as field, value, ...; its moment is now
-- Answers 1 where it was brought back; 0 where the mark is another by now, or its event waits to be worked up.

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '-', '+')) do
  for at = 1, #entry[2], 2 do
    if entry[2][at] == 'id' and entry[2][at + 1] == ARGV[2] then return 0 end
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
local clock = redis.call('TIME')
local moment = clock[1] .. string.format('%06d', tonumber(clock[2]))
redis.call('XADD', KEYS[2], '*', 'at', moment, unpack(ARGV, 4))
return 1
