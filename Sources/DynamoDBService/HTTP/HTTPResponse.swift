internal import DynamoDB
internal import NIOHTTP1

/// A whole response.
struct HTTPResponse: Sendable {
    let status: HTTPResponseStatus
    let contentType: StaticString
    var body: [UInt8]
    /// Whole lines of further headers, each with its line break.
    var headers = ""

    /// The answer of an operation.
    static func success(_ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: .ok, contentType: "application/x-amz-json-1.0", body: body)
    }

    /// An error in AWS's form.
    static func failure(_ error: DynamoDBError) -> HTTPResponse {
        HTTPResponse(
            status: HTTPResponseStatus(statusCode: error.httpStatus == 0 ? 500 : error.httpStatus),
            contentType: "application/x-amz-json-1.0", body: error.jsonDocument)
    }

    /// The answer to a health check, in AWS's words.
    static func healthy(host: String) -> HTTPResponse {
        HTTPResponse(
            status: .ok, contentType: "text/plain",
            body: Array("healthy: \(host.isPrintable ? host : "localhost") ".utf8))
    }

    /// The answer to a health check while no write would be accepted.
    static func unhealthy(_ reason: String) -> HTTPResponse {
        HTTPResponse(
            status: .serviceUnavailable, contentType: "text/plain", body: Array("unhealthy: \(reason)\n".utf8))
    }

    /// An answer that lies in the headers.
    static let empty = HTTPResponse(status: .ok, contentType: "text/plain", body: [])

    /// The answer to what is no request of the API.
    static let notFound = HTTPResponse(
        status: .notFound, contentType: "application/xml", body: Array("<UnknownOperationException/>\n".utf8))

    /// The answer while there is no memory for more requests. The request was not carried out.
    static let busy = HTTPResponse.failure(
        DynamoDBError(
            code: .serviceUnavailable, message: "The server has no memory for more requests now. Please try again."))

    /// The answer to a request beyond AWS's 16 MB.
    static let tooLarge = HTTPResponse(
        status: .payloadTooLarge, contentType: "application/x-amz-json-1.0",
        body: Array(#"{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}"#.utf8))

    /// The answer to what is not HTTP.
    static let malformed = HTTPResponse(
        status: .badRequest, contentType: "text/plain", body: Array("This is not a request of HTTP/1.1.\n".utf8))

    /// What HEAD gets: the same without its body.
    var withoutBody: HTTPResponse {
        HTTPResponse(status: status, contentType: contentType, body: [], headers: headers)
    }
}

extension String {
    /// Whether it can be written into a header.
    var isPrintable: Bool { utf8.allSatisfy { (0x20..<0x7F).contains($0) } }
}
