-- wrk's part: the same signed body in each request, and a delivery id that no other request has.
-- arguments after "--": the file of the body, its signature.
local body, signature, clock, sequence, node

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  body, signature = file:read("*a"), arguments[2]
  file:close()
  local random = assert(io.open("/dev/urandom", "rb"))
  local a, b, c, d, e, f, g, h = random:read(8):byte(1, 8)
  random:close()
  clock, sequence, node = os.time() * 10000000, 0x8000 + a * 64 + b % 64, string.format("%02x%02x%02x%02x%02x%02x", c, d, e, f, g, h)
  wrk.method, wrk.body = "POST", body
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["User-Agent"] = "GitHub-Hookshot/benchmark"
  wrk.headers["X-GitHub-Event"] = "push"
  wrk.headers["X-Hub-Signature-256"] = signature
end

-- GitHub's ids are UUIDs of version 1: the low bits of a clock of 100 ns come first. Each request is some microseconds after the last one.
function request()
  clock = clock + math.random(500, 1500)
  wrk.headers["X-GitHub-Delivery"] = string.format("%08x-%04x-11f0-%04x-%s", clock % 4294967296, clock / 4294967296 % 65536, sequence, node)
  return wrk.format()
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"microseconds":%d,"refused":%d,"broken":%d,"median":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
