-- Takes events to work up: first those that somebody took and never finished, then new ones.
--
-- KEYS  stream      ARGV  1 group    2 consumer    3 so many at most    4 not finished for so many milliseconds
-- Answers {{id, {field, value, ...}}, ...}. The group is made where it is not there: at first, and after a flush.

redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
local taken = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[4], '0-0', 'COUNT', ARGV[3])[2]
local room = tonumber(ARGV[3]) - #taken
if room > 0 then
  local fresh = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', room, 'STREAMS', KEYS[1], '>')
  if fresh then
    for _, entry in ipairs(fresh[1][2]) do taken[#taken + 1] = entry end
  end
end
return taken
