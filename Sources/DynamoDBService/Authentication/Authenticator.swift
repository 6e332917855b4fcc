import AWSCore
import DynamoDB
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// Who may ask a server.
public struct Authentication: Sendable {
    /// The access keys; nil where nobody has to sign. See ``AccessKeyFile``.
    public var keys: AccessKeyFile?
    /// Whether a server without keys may listen where other machines reach it.
    public var allowsUnauthenticated: Bool
    /// The web pages that may ask: origins such as `https://app.example:8443`, or `*` for all of them.
    ///
    /// A browser sends what any page asks for, with the rights of the machine that it runs on. Programs are no pages, and
    /// send no origin.
    public var origins: Set<String>

    /// Rules with their defaults: any key will do, on loopback addresses, and no web page may ask.
    public init(keys: AccessKeyFile? = nil, allowsUnauthenticated: Bool = false, origins: Set<String> = []) {
        self.keys = keys
        self.allowsUnauthenticated = allowsUnauthenticated
        self.origins = origins
    }

    /// Whether a text is an origin as browsers send it, or `*`: a scheme, a host and perhaps a port, without a path.
    public static func isOrigin(_ text: String) -> Bool {
        guard text != "*" else { return true }
        guard let range = text.firstRange(of: "://"), text.isPrintable else { return false }
        let host = text[range.upperBound...]
        return !text[..<range.lowerBound].isEmpty && !host.isEmpty && !host.contains(where: { "/?#@ ,*".contains($0) })
    }
}

/// Decides whether a request may be carried out.
struct Authenticator: Sendable {
    /// Nil where there is no directory that could hold keys.
    private let ring: KeyRing?
    /// Whether everybody may ask where there are no keys.
    private let admitsAnyone: Bool
    /// Which web pages may ask.
    let pages: WebPages
    /// Whether the server is open to this machine only: then requests of others' web pages are told by what they say.
    private let isForThisMachine: Bool
    private let logger: Logger

    /// - Throws: ``UnauthenticatedAddress``, or ``AccessKeyFileError``.
    init(_ rules: Authentication, address: SocketAddress, logger: Logger) throws {
        ring = rules.keys.map(KeyRing.init)
        admitsAnyone = rules.allowsUnauthenticated || address.isLoopback
        pages = WebPages(origins: rules.origins)
        isForThisMachine = !rules.allowsUnauthenticated
        self.logger = logger
        guard !admitsAnyone else { return }
        guard let ring, case .keys = try ring.policy() else { throw UnauthenticatedAddress() }
    }

    /// What a head that is in order has shown, for ``check(_:_:)`` to compare with the body.
    enum Pass: Sendable {
        /// Everybody may ask.
        case anyone
        case key(RequestSignature, SignatureV4.Key, Identity)

        /// Whose policies count.
        var identity: Identity? { if case .key(_, _, let identity) = self { identity } else { nil } }
    }

    /// Checks all of a head but its signature, which covers the body too: the form, the date, the key. `now` is in
    /// seconds since 1970.
    func admit(_ head: HTTPRequestHead, now: @autoclosure () -> Int) throws(DynamoDBError) -> Pass {
        guard let ring, case .keys(let keys) = try policy(of: ring) else {
            guard head.headers.contains(name: "authorization") || head.parameter("X-Amz-Signature") != nil else {
                throw .missingAuthenticationToken
            }
            guard admitsAnyone else { throw .unrecognizedClient }
            if isForThisMachine { try pages.refuseStrangers(head) }
            return .anyone
        }
        let signature = try RequestSignature(head)
        try signature.checkAge(now: now())
        guard let key = keys[signature.accessKeyID] else { throw .unrecognizedClient }
        return .key(signature, ring.signingKey(key.key, scope: signature.scope), key.identity)
    }

    /// Checks the signature of a request whose head was admitted.
    func check(_ request: HTTPRequest, _ pass: Pass) throws(DynamoDBError) {
        guard case .key(let signature, let key, _) = pass else { return }
        let canonical = CanonicalRequest(request, signedHeaders: signature.signedHeaders)
        guard key.accepts(signature.signature, of: canonical, timestamp: signature.date.timestamp) else {
            throw .invalidSignature(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                    + "Access Key and signing method. Consult the service documentation for details.")
        }
    }

    private func policy(of ring: KeyRing) throws(DynamoDBError) -> KeyRing.Policy {
        do {
            return try ring.policy()
        } catch {
            logger.error("Requests are refused: the access keys cannot be read", metadata: ["error": "\(error)"])
            throw .internalServerError
        }
    }
}

/// There are no keys, and other machines could reach the address.
struct UnauthenticatedAddress: Error {}

extension SocketAddress {
    fileprivate var isLoopback: Bool {
        guard let ipAddress else { return false }
        return ipAddress.hasPrefix("127.") || ipAddress == "::1"
    }
}

extension CanonicalRequest {
    fileprivate init(_ request: HTTPRequest, signedHeaders: [String]) {
        let headers = signedHeaders.map { name in
            (name: name, value: request.headers[name].map(CanonicalRequest.value).joined(separator: ","))
        }
        // The signature is the one parameter that it does not sign.
        let query = request.head.query.split(separator: "&", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("X-Amz-Signature=") }.joined(separator: "&")
        self = request.body.withUnsafeReadableBytes { body in
            CanonicalRequest(
                method: request.head.method.rawValue, path: String(request.head.path), query: query, headers: headers,
                body: body)
        }
    }
}

extension DynamoDBError {
    fileprivate static var unrecognizedClient: DynamoDBError {
        DynamoDBError(
            code: .unrecognizedClientException, message: "The security token included in the request is invalid.")
    }
}

/// The keys that a server knows at the moment: reads the file again when it has changed.
final class KeyRing: Sendable {
    /// Who may ask.
    enum Policy {
        /// Everybody: the directory has no keys.
        case open
        /// Who signs with one of the keys.
        case keys([String: Known])
    }

    /// A key, and what it may do.
    struct Known {
        let key: AccessKey
        let identity: Identity

        init(_ key: AccessKey) throws(AccessKeyFileError) {
            self.key = key
            do {
                var documents: [PolicyDocument]?
                for policy in key.policies ?? [] {
                    documents = try (documents ?? []) + [PolicyDocument(policy.document, kind: .identity)]
                }
                let policies = key.policies.map { _ in IdentityPolicies(documents ?? []) }
                identity = Identity(userName: key.name ?? key.id, policies: policies)
            } catch {
                throw AccessKeyFileError("the access key \(key.id): \(error.description)")
            }
        }
    }

    private struct State {
        var version: AccessKeyFile.Version?
        var policy = Policy.open
        /// When the file was looked at; nil if not yet.
        var looked: ContinuousClock.Instant?
        /// The key that was derived last from each secret. A client signs in one scope all day.
        var derived: [String: (scope: SignatureV4.Scope, key: SignatureV4.Key)] = [:]
    }

    private let file: AccessKeyFile
    private let state = Mutex(State())
    /// For how long the file is not looked at again: under load that would be for each of many requests.
    private static let patience = Duration.microseconds(500)

    init(_ file: AccessKeyFile) {
        self.file = file
    }

    /// Who may ask now.
    ///
    /// - Throws: ``AccessKeyFileError``.
    func policy() throws(AccessKeyFileError) -> Policy {
        try state.withLock { state throws(AccessKeyFileError) in
            let now = ContinuousClock.now
            if let looked = state.looked, now - looked < Self.patience { return state.policy }
            // The version comes first: a change between the two is seen once more.
            let version = try file.version()
            state.looked = now
            if version == state.version { return state.policy }
            var policy = Policy.open
            if let keys = try file.keys() {
                var known: [String: Known] = [:]
                for key in keys { known[key.id] = try Known(key) }
                policy = .keys(known)
            }
            state = State(version: version, policy: policy, looked: now)
            return state.policy
        }
    }

    /// The key that signs in a scope.
    func signingKey(_ key: AccessKey, scope: SignatureV4.Scope) -> SignatureV4.Key {
        if let known = state.withLock({ $0.derived[key.id] }), known.scope == scope { return known.key }
        let derived = SignatureV4.Key(secret: key.secret, scope: scope)
        state.withLock { $0.derived[key.id] = (scope, derived) }
        return derived
    }
}
