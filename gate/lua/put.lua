-- Writes an account's projection. PostgreSQL is right; what is newer here stays, except where it was found wrong.
--
-- KEYS  account, meters, marks (one slot)
-- ARGV  1 'known' (is it here? nothing is written), 'push' (only where it is here), 'fill' (after a miss) or 'repair'
--         (a push that also writes over a version that was found too new)
--       2 version    3 of a fill: run id of the store; of a repair: the version that was found
--       4 JSON: {fields: [name, value, ...], lifted: [service, crossing id, ...],
--                meters: [field, start, count, ...], allowances: [id, used, ...]}
--
-- Answers 1 where it was written, or is known, else 0. A lift that names its crossing takes the mark away in any case;
-- nothing else ever does.

local mode, version, run = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local here = redis.call('HMGET', KEYS[1], 'v', 'run', 'told')

if mode ~= 'fill' and not here[1] then
  -- Somebody may be on the way to fill it with what PostgreSQL held before this change. So word of it is left for longer
  -- than a fill is under way, and an older fill is refused: who brought it asks PostgreSQL again.
  if not here[3] or tonumber(here[3]) < version then redis.call('HSET', KEYS[1], 'told', ARGV[2]) end
  redis.call('EXPIRE', KEYS[1], 60)
end
if mode == 'known' then return here[1] and 1 or 0 end

local given = cjson.decode(ARGV[4])
for at = 1, #given.lifted, 2 do
  if redis.call('HGET', KEYS[3], given.lifted[at]) == given.lifted[at + 1] then
    redis.call('HDEL', KEYS[3], given.lifted[at])
  end
end

if mode ~= 'fill' then
  if not here[1] then return 0 end
  run = here[2]
end
local is_wrong = mode == 'repair' and here[1] == ARGV[3]
if tonumber(here[1] or here[3] or 0) > version and not is_wrong then return 0 end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'run', run, unpack(given.fields))

-- The meters go on from what the journal holds, and never back; what was told in a window stays told.
for at = 1, #given.meters, 3 do
  local field, start, count = given.meters[at], given.meters[at + 1], given.meters[at + 2]
  local known = redis.call('HGET', KEYS[2], field)
  local known_start, known_count, told = 0, 0, 0
  if known then
    known_start, known_count, told = string.match(known, '^(%d+):(%d+):?(%d*)$')
    known_start, known_count, told = tonumber(known_start), tonumber(known_count), tonumber(told) or 0
  end
  if known_start < start then told = 0 end
  if known_start < start or (known_start == start and known_count < count) then
    redis.call('HSET', KEYS[2], field, string.format('%d:%d:%d', start, count, told))
  end
end
for at = 1, #given.allowances, 2 do
  local field = 'a:' .. given.allowances[at]
  if tonumber(redis.call('HGET', KEYS[2], field) or '0') < given.allowances[at + 1] then
    redis.call('HSET', KEYS[2], field, string.format('%d', given.allowances[at + 1]))
  end
end
return 1
