-- What wrk sends: `wrk -s http.lua URL -- OPERATION`. The headers are those of boto3.
local operation
local number = 0
local pad = string.rep("x", 350)

local function item()
  number = number + 1
  return string.format('{"id":{"S":"k%d"},"n":{"N":"%d"},"pad":{"S":"%s"}}', number % 20000, number, pad)
end

local bodies = {
  PutItem = function() return '{"TableName":"http","Item":' .. item() .. "}" end,
  GetItem = function()
    number = number + 1
    return string.format('{"TableName":"http","Key":{"id":{"S":"k%d"}}}', number % 20000)
  end,
  BatchWriteItem = function()
    local requests = {}
    for index = 1, 25 do requests[index] = '{"PutRequest":{"Item":' .. item() .. "}}" end
    return '{"RequestItems":{"http":[' .. table.concat(requests, ",") .. "]}}"
  end,
}

function init(arguments)
  operation = arguments[1]
  wrk.method = "POST"
  wrk.headers["Accept-Encoding"] = "identity"
  wrk.headers["X-Amz-Target"] = "DynamoDB_20120810." .. operation
  wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
  wrk.headers["User-Agent"] = "Boto3/1.35.0 md/Botocore#1.35.0 ua/2.0 os/linux lang/python#3.11"
  wrk.headers["X-Amz-Date"] = "20251129T103000Z"
  wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20251129/us-east-1/dynamodb/aws4_request, "
    .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" .. string.rep("0", 64)
end

function request() return wrk.format(nil, nil, nil, bodies[operation]()) end
