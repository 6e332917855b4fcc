internal import DynamoDB
internal import NIOHTTP1

/// A whole response.
struct HTTPResponse: Sendable {
    let head: HTTPResponseHead
    let body: [UInt8]

    private init(_ status: HTTPResponseStatus, contentType: String, body: [UInt8], requestID: String) {
        head = HTTPResponseHead(
            version: .http1_1, status: status,
            headers: [
                "content-type": contentType,
                "content-length": String(body.count),
                "x-amzn-requestid": requestID,
                "x-amz-crc32": String(body.withUnsafeBytes(CRC32.checksum)),
            ])
        self.body = body
    }

    /// The answer of an operation.
    static func success(_ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(.ok, contentType: "application/x-amz-json-1.0", body: body, requestID: RequestID.make())
    }

    /// An error in AWS's form.
    static func failure(_ error: DynamoDBError) -> HTTPResponse {
        HTTPResponse(
            HTTPResponseStatus(statusCode: error.httpStatus == 0 ? 500 : error.httpStatus),
            contentType: "application/x-amz-json-1.0", body: error.jsonDocument, requestID: RequestID.make())
    }

    /// The answer to a plain GET, which AWS's endpoints give to health checks.
    static let healthy = HTTPResponse(
        .ok, contentType: "text/plain", body: Array("healthy: dynamodb.local.amazonaws.com ".utf8),
        requestID: RequestID.make())

    /// The answer to what is no request of the API.
    static let notFound = HTTPResponse(
        .notFound, contentType: "application/xml", body: Array("<UnknownOperationException/>\n".utf8),
        requestID: RequestID.make())

    /// The answer to a request beyond AWS's 16 MB.
    static let tooLarge = HTTPResponse(
        .payloadTooLarge, contentType: "application/x-amz-json-1.0",
        body: Array(#"{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}"#.utf8),
        requestID: RequestID.make())
}
