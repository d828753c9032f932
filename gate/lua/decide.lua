-- May this account query this service now? Decides and counts in one atomic step, by the store's clock.
--
-- KEYS  account, meters, marks, stream, journal (one slot)
-- ARGV  1 service code     2 run id of the store    3 fingerprint, '' where the gateway told the account
--       4 address, 32 hex  5 client for the journal 6 a fresh crossing id
--       7... Amsterdam midnights around now, as seconds, earliest first
--
-- Answers {'miss', the store's clock}, {'midnights', the store's clock}, {<reason>, <lifted by>}, {'crossed', 'support'} or
-- {'ok', 'window=limit window=limit', left, seconds until the next window, left, seconds, ...}.

local call, match, gmatch = redis.call, string.match, string.gmatch
local service, fingerprint, address, client = ARGV[1], ARGV[3], ARGV[4], ARGV[5]
local clock = call('TIME')
local now = tonumber(clock[1])

local seen = call('HMGET', KEYS[1], 'run', 'kind', 'refusal', 'lifter', 'addresses', 'certificates', 'number', 's:' .. service)
-- Not there, or filled before the store was started again: what was counted since may be lost.
if seen[1] ~= ARGV[2] then return {'miss', clock[1]} end

if fingerprint ~= '' then
  local valid_from, valid_until = match(seen[6], fingerprint .. ':(%d+):(%d+)')
  if not valid_from or now < tonumber(valid_from) or now >= tonumber(valid_until) then
    return {'certificate', 'nobody'}
  end
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

local starts = {minute = now - now % 60, hour = now - now % 3600}
local finishes = {minute = starts.minute + 60, hour = starts.hour + 3600}
for at = 7, #ARGV do
  local midnight = tonumber(ARGV[at])
  if midnight > now then
    finishes.day = midnight
    break
  end
  starts.day = midnight
end
-- The gate's idea of the day is too old or too young to tell: it asks again with midnights around this clock.
if not starts.day or not finishes.day then return {'midnights', clock[1]} end

-- Every window is counted, with a quota or without, so that a quota that is set meanwhile finds what was used.
local counts, told = {}, {}
local known = call('HMGET', KEYS[2], service .. ':minute', service .. ':hour', service .. ':day')
for at, name in ipairs({'minute', 'hour', 'day'}) do
  counts[name], told[name] = 1, 0
  if known[at] then
    -- "since:queries", and behind them the highest percentage that was told.
    local start, counted, percent = match(known[at], '^(%d+):(%d+):?(%d*)$')
    start = tonumber(start)
    -- A clock that was set back opens no new window.
    if start >= starts[name] then
      starts[name], counts[name], told[name] = start, counted + 1, tonumber(percent) or 0
    end
  end
end

local function moment() return clock[1] .. string.format('%06d', tonumber(clock[2])) end

local crossed, quota
for name, limit in gmatch(limits, '(%a+)=(%d+)') do
  if counts[name] > tonumber(limit) then
    crossed, quota = name, limit
    break
  end
end

if crossed then
  local spent = 'a:' .. allowance
  local used = tonumber(call('HGET', KEYS[2], spent) or '0')
  if allowance == '0' or now >= tonumber(allowed_until) or used >= tonumber(allowed) then
    call('HSET', KEYS[3], service, ARGV[6])
    call('XADD', KEYS[4], '*', 'kind', 'crossing', 'id', ARGV[6], 'number', seen[7], 'service', service,
      'window', crossed, 'limit', quota, 'count', counts[crossed], 'at', moment(), 'client', client)
    return {'crossed', 'support'}
  end
  call('HINCRBY', KEYS[2], spent, 1)
  call('HINCRBY', KEYS[5], 'a|' .. allowance, 1)
end

local answer = {'ok', limits}
for name, limit in gmatch(limits, '(%a+)=(%d+)') do
  local count, most = counts[name], tonumber(limit)
  -- Contact persons are told at 80 and at 95 percent (blocking/windows.py); also where a quota that was lowered is
  -- used so far at once, and then only of the highest.
  local percent = 100 * count >= 95 * most and 95 or 100 * count >= 80 * most and 80 or 0
  if percent > told[name] and count <= most then
    told[name] = percent
    call('XADD', KEYS[4], '*', 'kind', 'forecast', 'number', seen[7], 'service', service, 'window', name,
      'limit', limit, 'count', count, 'percent', percent, 'start', string.format('%d', starts[name]),
      'at', moment(), 'client', client)
  end
  answer[#answer + 1], answer[#answer + 2] = math.max(0, most - count), math.max(1, finishes[name] - now)
end

local function meter(name) return string.format('%d:%d:%d', starts[name], counts[name], told[name]) end
call('HSET', KEYS[2], service .. ':minute', meter('minute'), service .. ':hour', meter('hour'), service .. ':day', meter('day'))
call('HINCRBY', KEYS[5], (now - now % 3600) .. '|' .. seen[7] .. '|' .. service .. '|' .. client, 1)
return answer
