-- May this account query this service now? Decides and counts in one atomic step, by the store's clock.
--
-- KEYS  account, meters, marks, stream, journal (one slot)
-- ARGV  1 service code     2 run id of the store    3 fingerprint, '' where the gateway told the account
--       4 address, 32 hex  5 client for the journal 6 a fresh crossing id
--       7... Amsterdam midnights around now, as seconds, earliest first
--
-- Answers {'miss'}, {'midnights', the store's clock}, {<reason>, <lifted by>}, {'crossed', 'support'} or
-- {'ok', 'window=limit window=limit', left, seconds until the next window, left, seconds, ...}.

local call, match, gmatch = redis.call, string.match, string.gmatch
local service, fingerprint, address, client = ARGV[1], ARGV[3], ARGV[4], ARGV[5]
local clock = call('TIME')
local now = tonumber(clock[1])

local seen = call('HMGET', KEYS[1], 'run', 'kind', 'refusal', 'lifter', 'addresses', 'certificates', 'number', 's:' .. service)
-- Not there, or filled before the store was started again: what was counted since may be lost.
if seen[1] ~= ARGV[2] then return {'miss'} end

if fingerprint ~= '' then
  local valid_until = match(seen[6], fingerprint .. ':(%d+)')
  if not valid_until or now >= tonumber(valid_until) then return {'certificate', 'nobody'} end
end

if seen[2] == 'system' then
  local found = false
  for first, last in gmatch(seen[5], '(%x+)-(%x+)') do
    if first <= address and address <= last then
      found = true
      break
    end
  end
  if not found then return {'address', 'contact_person'} end
end

if seen[3] ~= '' then return {seen[3], seen[4]} end
if not seen[8] then return {'unauthorised', 'contact_person'} end

-- "blocked;allowance id,queries,until;window=limit window=limit"
local blocked, allowance, allowed, allowed_until, limits = match(seen[8], '^(%d);(%d+),(%d+),(%d+);(.*)$')
if blocked == '1' or call('HEXISTS', KEYS[3], service) == 1 then return {'quota', 'support'} end

local names, most, starts, finishes, fields = {}, {}, {}, {}, {}
local windows = 0
for name, limit in gmatch(limits, '(%a+)=(%d+)') do
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
      if midnight > now then
        finish = midnight
        break
      end
      start = midnight
    end
    -- The gate's idea of the day is too old or too young to tell: it asks again with midnights around this clock.
    if not start or not finish then return {'midnights', clock[1]} end
  end
  windows = windows + 1
  names[windows], most[windows], starts[windows], finishes[windows] = name, tonumber(limit), start, finish
  fields[windows] = service .. ':' .. name
end

local counts, crossed = {}, nil
if windows > 0 then
  local known = call('HMGET', KEYS[2], unpack(fields))
  for at = 1, windows do
    local count = 0
    if known[at] then
      local start, counted = match(known[at], '^(%d+):(%d+)$')
      start = tonumber(start)
      -- A clock that was set back opens no new window.
      if start >= starts[at] then starts[at], count = start, tonumber(counted) end
    end
    counts[at] = count + 1
    if count >= most[at] and not crossed then crossed = at end
  end
end

local function moment() return clock[1] .. string.format('%06d', tonumber(clock[2])) end

if crossed then
  local spent = 'a:' .. allowance
  local used = tonumber(call('HGET', KEYS[2], spent) or '0')
  if allowance == '0' or now >= tonumber(allowed_until) or used >= tonumber(allowed) then
    call('HSET', KEYS[3], service, ARGV[6])
    call('XADD', KEYS[4], '*', 'kind', 'crossing', 'id', ARGV[6], 'number', seen[7], 'service', service,
      'window', names[crossed], 'limit', most[crossed], 'count', counts[crossed], 'at', moment(), 'client', client)
    return {'crossed', 'support'}
  end
  call('HINCRBY', KEYS[2], spent, 1)
  call('HINCRBY', KEYS[5], 'a|' .. allowance, 1)
end

local answer, meters = {'ok', limits}, {}
for at = 1, windows do
  local count, limit = counts[at], most[at]
  meters[2 * at - 1], meters[2 * at] = fields[at], string.format('%d:%d', starts[at], count)
  -- Contact persons are told at 80 and at 95 percent (blocking/windows.py).
  for percent = 80, 95, 15 do
    if count == math.ceil(limit * percent / 100) then
      call('XADD', KEYS[4], '*', 'kind', 'forecast', 'number', seen[7], 'service', service, 'window', names[at],
        'limit', limit, 'count', count, 'percent', percent, 'start', string.format('%d', starts[at]),
        'at', moment(), 'client', client)
    end
  end
  answer[2 * at + 1], answer[2 * at + 2] = math.max(0, limit - count), math.max(1, finishes[at] - now)
end
if windows > 0 then call('HSET', KEYS[2], unpack(meters)) end
call('HINCRBY', KEYS[5], (now - now % 3600) .. '|' .. seen[7] .. '|' .. service .. '|' .. client, 1)
return answer
