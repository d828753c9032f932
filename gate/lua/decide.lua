-- May this account query this service now? Decides and counts in one atomic step, by the store's clock.
--
-- KEYS  account, meters, marks, stream, journal (one slot)
-- ARGV  1 service code     2 run id of the store    3 fingerprint, '' where the gateway told the account
--       4 address, 32 hex  5 client for the journal 6 a fresh crossing id
--       7... Amsterdam midnights around now, as seconds, earliest first
--
-- Answers {'miss'}, {<reason>, <lifted by>}, {'quota', 'support'}, {'crossed', 'support'} or
-- {'ok', window, limit, left, seconds until the next window, ...}.

local service, run, fingerprint, address, client = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local clock = redis.call('TIME')
local now = tonumber(clock[1])

local seen = redis.call('HMGET', KEYS[1], 'run', 'kind', 'refusal', 'lifter', 'addresses', 'certificates', 'number', 's:' .. service)
-- Not there, or filled before the store was started again: what was counted since may be lost.
if seen[1] ~= run then return {'miss'} end

if fingerprint ~= '' then
  local found = false
  for known, valid_until in string.gmatch(seen[6], '(%x+):(%d+)') do
    found = found or (known == fingerprint and now < tonumber(valid_until))
  end
  if not found then return {'certificate', 'nobody'} end
end

if seen[2] == 'system' then
  local found = false
  for first, last in string.gmatch(seen[5], '(%x+)-(%x+)') do
    found = found or (first <= address and address <= last)
  end
  if not found then return {'address', 'contact_person'} end
end

if seen[3] ~= '' then return {seen[3], seen[4]} end
if not seen[8] then return {'unauthorised', 'contact_person'} end

-- "blocked;allowance id,queries,until;window=limit window=limit"
local blocked, allowance, allowed, allowed_until, limits = string.match(seen[8], '^(%d);(%d+),(%d+),(%d+);(.*)$')
if blocked == '1' or redis.call('HEXISTS', KEYS[3], service) == 1 then return {'quota', 'support'} end

local windows, fields = {}, {}
for name, limit in string.gmatch(limits, '(%a+)=(%d+)') do
  local start, finish
  if name == 'minute' then
    start = now - now % 60
    finish = start + 60
  elseif name == 'hour' then
    start = now - now % 3600
    finish = start + 3600
  else
    for at = 7, #ARGV do
      local midnight = tonumber(ARGV[at])
      if midnight <= now then
        start = midnight
      elseif not finish then
        finish = midnight
      end
    end
    -- The gate's idea of the day is too old or too young to tell: it asks again with other midnights.
    if not start or not finish then return {'midnights', clock[1]} end
  end
  windows[#windows + 1] = {name = name, limit = tonumber(limit), start = start, finish = finish}
  fields[#fields + 1] = service .. ':' .. name
end

local crossed
if #windows > 0 then
  local counts = redis.call('HMGET', KEYS[2], unpack(fields))
  for at, window in ipairs(windows) do
    local start, count = 0, 0
    if counts[at] then
      start, count = string.match(counts[at], '^(%d+):(%d+)$')
      start, count = tonumber(start), tonumber(count)
    end
    -- A clock that was set back opens no new window.
    if start >= window.start then
      window.start, window.count = start, count
    else
      window.count = 0
    end
    if not crossed and window.count >= window.limit then crossed = window end
  end
end

local moment = clock[1] .. string.format('%06d', tonumber(clock[2]))
if crossed then
  local spent = 'a:' .. allowance
  local used = tonumber(redis.call('HGET', KEYS[2], spent) or '0')
  if allowance == '0' or now >= tonumber(allowed_until) or used >= tonumber(allowed) then
    redis.call('HSET', KEYS[3], service, ARGV[6])
    redis.call('XADD', KEYS[4], '*', 'kind', 'crossing', 'id', ARGV[6], 'number', seen[7], 'service', service,
      'window', crossed.name, 'limit', crossed.limit, 'count', crossed.count + 1, 'at', moment, 'client', client)
    return {'crossed', 'support'}
  end
  redis.call('HINCRBY', KEYS[2], spent, 1)
  redis.call('HINCRBY', KEYS[5], 'a|' .. allowance, 1)
end

local answer, meters = {'ok'}, {}
for at, window in ipairs(windows) do
  local count = window.count + 1
  meters[#meters + 1] = fields[at]
  meters[#meters + 1] = string.format('%d:%d', window.start, count)
  for _, percent in ipairs({80, 95}) do
    if count == math.ceil(window.limit * percent / 100) then
      redis.call('XADD', KEYS[4], '*', 'kind', 'forecast', 'number', seen[7], 'service', service, 'window', window.name,
        'limit', window.limit, 'count', count, 'percent', percent, 'start', string.format('%d', window.start),
        'at', moment, 'client', client)
    end
  end
  answer[#answer + 1] = window.name
  answer[#answer + 1] = window.limit
  answer[#answer + 1] = math.max(0, window.limit - count)
  answer[#answer + 1] = math.max(1, window.finish - now)
end
if #meters > 0 then redis.call('HSET', KEYS[2], unpack(meters)) end
redis.call('HINCRBY', KEYS[5], string.format('%d', now - now % 3600) .. '|' .. seen[7] .. '|' .. service .. '|' .. client, 1)
return answer
