internal import DynamoDB
internal import NIOHTTP1
internal import Logging
internal import NIOCore

/// From a request to its response: finds the operation, authenticates, decodes, calls, encodes.
struct Dispatcher: Sendable {
    let engine: any DynamoDBAPI
    let authenticator: Authenticator
    let logger: Logger

    func response(to request: HTTPRequest) async -> HTTPResponse {
        var response = await plainResponse(to: request)
        if request.headers.contains(name: "origin") { response.headers += request.crossOriginHeaders }
        if response.body.count >= 1024, request.acceptsGzip {
            response.body = Gzip.compress(response.body)
            response.headers += "content-encoding: gzip\r\n"
        }
        return response
    }

    private func plainResponse(to request: HTTPRequest) async -> HTTPResponse {
        switch request.head.method {
        case .POST: break
        case .GET: return .healthy
        case .OPTIONS: return .empty
        // Its answer has no body, whatever the length says.
        case .HEAD: return .empty
        default: return .notFound
        }
        do {
            let operation = try operation(of: request)
            try authenticator.check(request, now: secondsSince1970())
            return .success(try await operation(engine, request.plainBody()))
        } catch let error as DynamoDBError {
            return .failure(error)
        } catch Gzip.Fault.tooLarge {
            return .tooLarge
        } catch is Gzip.Fault {
            return .failure(DynamoDBError(code: .serializationException, message: "The body is not gzip"))
        } catch {
            logger.error("A request failed", metadata: ["error": "\(error)"])
            return .failure(DynamoDBError(code: .internalServerError, message: "Internal server error"))
        }
    }

    private func operation(of request: HTTPRequest) throws(DynamoDBError) -> Operation {
        guard let target = request.headers.first(name: "x-amz-target"), let operation = Operations.byTarget[target]
        else {
            throw DynamoDBError(code: .unknownOperationException, message: "")
        }
        return operation
    }
}

extension HTTPRequest {
    /// The body without its compression.
    fileprivate func plainBody() throws(Gzip.Fault) -> ByteBuffer {
        guard headers.first(name: "content-encoding")?.lowercased() == "gzip" else { return body }
        return try body.withUnsafeReadableBytes { bytes throws(Gzip.Fault) in
            ByteBuffer(bytes: try Gzip.decompress(bytes, limit: RequestAssembly.bodyLimit))
        }
    }

    fileprivate var acceptsGzip: Bool {
        headers[canonicalForm: "accept-encoding"].contains { $0 == "gzip" }
    }

    /// Lets pages of every origin ask, as AWS does: it is the signature that counts.
    fileprivate var crossOriginHeaders: String {
        var lines = "access-control-allow-origin: *\r\naccess-control-expose-headers: x-amzn-requestid, x-amz-crc32\r\n"
        guard method == "OPTIONS" else { return lines }
        for (asked, allowed) in [
            ("access-control-request-headers", "access-control-allow-headers"),
            ("access-control-request-method", "access-control-allow-methods"),
        ] {
            if let value = headers.first(name: asked), value.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
                lines += "\(allowed): \(value)\r\n"
            }
        }
        return lines + "access-control-max-age: 172800\r\n"
    }
}
