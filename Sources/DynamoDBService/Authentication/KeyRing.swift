internal import AWSCore
internal import DynamoDB
internal import Synchronization

/// The keys that a server knows at the moment: reads the file again when it has changed.
final class KeyRing: Sendable {
    /// Who may ask.
    enum Policy {
        /// Everybody: the directory has no keys.
        case open
        /// Who signs with one of the keys.
        case keys([String: AccessKey])
    }

    private struct State {
        var version: AccessKeyFile.Version?
        var policy = Policy.open
        /// The key that was derived last from each secret. A client signs in one scope all day.
        var derived: [String: (scope: SignatureV4.Scope, key: SignatureV4.Key)] = [:]
    }

    private let file: AccessKeyFile
    private let state = Mutex(State())

    init(_ file: AccessKeyFile) {
        self.file = file
    }

    /// Who may ask now.
    ///
    /// - Throws: ``AccessKeyFileError``.
    func policy() throws(AccessKeyFileError) -> Policy {
        try state.withLock { state throws(AccessKeyFileError) in
            // The version comes first: a change between the two is seen once more.
            let version = try file.version()
            if version == state.version { return state.policy }
            let keys = try file.keys()
            let policy = keys.map { Policy.keys([String: AccessKey]($0.map { ($0.id, $0) }) { _, last in last }) }
            state = State(version: version, policy: policy ?? .open)
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
