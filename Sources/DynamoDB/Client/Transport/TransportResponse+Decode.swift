import NIOCore

/// Takes the body of an answer.
typealias AnswerReader = (_ bytes: UnsafeRawBufferPointer) throws(DynamoDBError) -> Void

extension TransportResponse {
    /// Checks the response, and hands its body to be read.
    ///
    /// - Throws: ``DynamoDBError``: the server's own, or `invalidResponse` for a body that is not DynamoDB's. A body
    ///   that was damaged on its way is a `connectionFailed`, which is worth a retry.
    func read(_ take: AnswerReader) throws {
        try body.withUnsafeReadableBytes { bytes in
            if let checksum, checksum != CRC32.checksum(bytes) {
                throw DynamoDBError(
                    code: .connectionFailed, message: "The response does not match its checksum (x-amz-crc32)",
                    requestID: requestID)
            }
            guard status == 200 else { throw failure(bytes) }
            do throws(DynamoDBError) {
                try take(bytes)
            } catch {
                throw DynamoDBError(
                    code: .invalidResponse, message: "The server's answer is not DynamoDB's: \(error.message)",
                    httpStatus: status, requestID: requestID)
            }
        }
    }

    /// The error that the server sent; proxies and load balancers send bodies that are not JSON.
    private func failure(_ bytes: UnsafeRawBufferPointer) -> DynamoDBError {
        do throws(DynamoDBError) {
            let error = try DynamoDBError(jsonDocument: bytes)
            return DynamoDBError(
                code: error.code, message: error.message, httpStatus: status, requestID: requestID, item: error.item,
                cancellationReasons: error.cancellationReasons)
        } catch {
            return DynamoDBError(
                code: status == 503 ? .serviceUnavailable : status >= 500 ? .internalServerError : .invalidResponse,
                message: "The server answered with HTTP status \(status) and no DynamoDB error",
                httpStatus: status, requestID: requestID)
        }
    }
}
