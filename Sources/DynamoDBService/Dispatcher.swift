internal import DynamoDB
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// From a request to its response: finds the operation, decodes, calls, encodes.
struct Dispatcher: Sendable {
    let engine: any DynamoDBAPI
    let logger: Logger

    private static let targetPrefix = "DynamoDB_20120810."

    func response(to request: HTTPRequest) async -> HTTPResponse {
        guard request.head.method == .POST else {
            return request.head.method == .GET ? .healthy : .notFound
        }
        do {
            let operation = try operation(of: request.head)
            guard request.head.carriesCredentials else {
                throw DynamoDBError(
                    code: .missingAuthenticationTokenException, message: "Request is missing Authentication Token")
            }
            return .success(try await operation(engine, request.body))
        } catch let error as DynamoDBError {
            return .failure(error)
        } catch {
            logger.error("A request failed", metadata: ["error": "\(error)"])
            return .failure(DynamoDBError(code: .internalServerError, message: "Internal server error"))
        }
    }

    private func operation(of head: HTTPRequestHead) throws(DynamoDBError) -> Operation {
        guard let target = head.headers.first(name: "x-amz-target"), target.hasPrefix(Dispatcher.targetPrefix),
            let operation = Operations.byName[String(target.dropFirst(Dispatcher.targetPrefix.count))]
        else {
            throw DynamoDBError(code: .unknownOperationException, message: "")
        }
        return operation
    }
}

extension HTTPRequestHead {
    /// Whether the request is signed, in its headers or its query. Whose key it is signed with does not matter here.
    fileprivate var carriesCredentials: Bool {
        headers.contains(name: "authorization") || uri.contains("X-Amz-Signature=")
    }
}
