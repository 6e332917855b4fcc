internal import DynamoDB
internal import DynamoDBEngine
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// From a request to its response: finds the operation, authenticates, decodes, calls, encodes.
///
/// It and an ``Admission`` are classes because they are handed on many times for each request: a reference is copied faster than
/// what they hold.
final class Dispatcher: Sendable {
    let clock: EngineClock
    private let engine: Engine
    private let authenticator: Authenticator
    private let authorizer = Authorizer()
    private let faults: FaultInjector?
    private let logger: Logger

    init(engine: Engine, authenticator: Authenticator, faults: FaultInjector?, clock: EngineClock, logger: Logger) {
        self.engine = engine
        self.authenticator = authenticator
        self.faults = faults
        self.clock = clock
        self.logger = logger
    }

    /// What the head of a request leads to, before anything of its body is taken.
    enum Judgement: Sendable {
        case admitted(Admission)
        /// The body does not matter.
        case answered(HTTPResponse)
    }

    /// A request whose head is in order.
    final class Admission: Sendable {
        let operation: Operation
        let pass: Authenticator.Pass
        let notes = RequestNotes()

        init(operation: Operation, pass: Authenticator.Pass) {
            self.operation = operation
            self.pass = pass
        }
    }

    /// - Parameter figures: where requests that are refused here are counted.
    func judge(_ head: HTTPRequestHead, _ figures: LoopFigures) -> Judgement {
        switch head.method {
        case .POST:
            do throws(DynamoDBError) {
                let operation = try operation(of: head)
                let pass = try authenticator.admit(head, now: Int(clock.seconds))
                return .admitted(Admission(operation: operation, pass: pass))
            } catch {
                figures.countRefused()
                return .answered(.failure(error).allowing(authenticator.pages, head: head))
            }
        case .GET: return .answered(plainAnswer(to: head).allowing(authenticator.pages, head: head))
        case .HEAD: return .answered(plainAnswer(to: head).withoutBody)
        case .OPTIONS where authenticator.pages.allowedOrigin(of: head) != nil:
            return .answered(HTTPResponse.empty.allowing(authenticator.pages, head: head))
        default: return .answered(.notFound)
        }
    }

    /// The answer to a request that is whole.
    func response(to request: HTTPRequest, _ admission: Admission, from peer: Peer) async -> HTTPResponse {
        var response = await plainResponse(to: request, admission, from: peer)
            .allowing(authenticator.pages, head: request.head)
        // AWS looks at the first header of several only.
        if response.body.count >= ContentCoding.threshold,
            let accepted = request.headers.first(name: "accept-encoding"),
            let coding = ContentCoding.accepted(accepted)
        {
            let body = response.body
            response.body =
                if body.count >= Weight.ofLongWork {
                    await awayFromEventLoop { coding.compress(body) }
                } else {
                    coding.compress(body)
                }
            response.headers += "content-encoding: \(coding.rawValue)\r\n"
        }
        return response
    }

    private func plainResponse(
        to request: HTTPRequest, _ admission: Admission, from peer: Peer
    ) async -> HTTPResponse {
        let notes = admission.notes
        do {
            try authenticator.check(request, admission.pass)
            let view = engine.dependsOnCaller ? try engine.view(of: Caller(request.head)) : engine.view
            let rights = try rights(admission.pass, in: view, from: peer)
            let body = try request.plainBody()
            guard let faults else {
                return .success(try await admission.operation(engine, seeing: view, body, notes, rights: rights))
            }
            let fault = faults.fault(of: admission.operation)
            if faults.latency > .zero { try await Task.sleep(for: faults.latency) }
            return .success(
                try await admission.operation(engine, seeing: view, body, notes, fault: fault, rights: rights))
        } catch let error as DynamoDBError {
            notes.outcome = RequestOutcome(error)
            return .failure(error)
        } catch ContentCoding.Fault.tooLarge {
            notes.outcome = .userError
            return .tooLarge
        } catch is ContentCoding.Fault {
            notes.outcome = .userError
            // What AWS answers, though it is the client's fault.
            return .failure(
                DynamoDBError(
                    code: .internalServerError, message: "The body does not match its Content-Encoding"))
        } catch {
            notes.outcome = .systemError
            logger.error("A request failed", metadata: ["error": "\(error)"])
            return .failure(.internalServerError)
        }
    }

    /// What policies have to be asked; nil where the request may do everything.
    private func rights(
        _ pass: Authenticator.Pass, in view: Engine.View, from peer: Peer
    ) throws(DynamoDBError) -> Rights? {
        guard let identity = pass.identity else { return nil }
        let tablesCount = try engine.hasResourcePolicies
        guard identity.policies != nil || tablesCount else { return nil }
        let context = RequestContext(
            userName: identity.userName, region: view.region, address: peer.address, isEncrypted: peer.isEncrypted,
            time: Int(clock.seconds))
        return Rights(
            authorizer: authorizer, identity: identity, tablesCount: tablesCount, context: context,
            regionMatters: engine.isolatesRegions)
    }

    private func operation(of head: HTTPRequestHead) throws(DynamoDBError) -> Operation {
        guard let target = head.headers.first(name: "x-amz-target"), let operation = Operations.byTarget[target]
        else {
            throw DynamoDBError(code: .unknownOperationException, message: "Unknown operation exception")
        }
        return operation
    }

    /// The answer to a health check, which is for load balancers and has its own path.
    private func plainAnswer(to head: HTTPRequestHead) -> HTTPResponse {
        guard head.uri.prefix(while: { $0 != "?" }) == "/" else { return .notFound }
        do {
            try engine.checkWritable()
            return .healthy(host: head.headers.first(name: "host") ?? "localhost")
        } catch {
            return .unhealthy(error.message)
        }
    }
}

extension HTTPRequest {
    /// The body without its compression.
    fileprivate func plainBody() throws(ContentCoding.Fault) -> ByteBuffer {
        let header = headers["content-encoding"]
        if header.isEmpty { return body }
        var plain = body
        for coding in try ContentCoding.applied(header.joined(separator: ",")).reversed() {
            let bytes = try plain.withUnsafeReadableBytes { bytes throws(ContentCoding.Fault) in
                try coding.decompress(bytes, limit: HTTPRequest.bodyLimit)
            }
            plain = ByteBuffer(bytes: bytes)
        }
        return plain
    }
}
