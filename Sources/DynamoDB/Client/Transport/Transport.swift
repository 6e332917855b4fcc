import AWSCore
import NIOCore

/// Carries one signed request to the server and its response back. Tests put their own in its place.
protocol Transport: Sendable {
    /// Sends a request.
    ///
    /// - Throws: ``DynamoDBError`` with `connectionFailed` or `requestTimeout`, or `CancellationError`.
    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportResponse

    /// Closes every connection.
    func close() async throws
}

/// A request, ready to be sent as it is.
struct TransportRequest: Sendable {
    let endpoint: Endpoint
    let headers: [(name: String, value: String)]
    let body: [UInt8]
}

/// A response.
struct TransportResponse: Sendable {
    let status: Int
    /// The value of `x-amzn-RequestId`.
    var requestID: String?
    /// The value of `x-amz-crc32`.
    var checksum: UInt32?
    let body: ByteBuffer
}
