public import DynamoDB

/// Who asks, as far as answers depend on it: what the credential of a request says.
public struct Caller: Sendable, Hashable {
    /// The region that the request was signed for; nil if it says none.
    public var region: String?
    /// The name of the access key; nil if the request has none.
    public var accessKeyID: String?

    /// Makes a value of its members.
    public init(region: String? = nil, accessKeyID: String? = nil) {
        self.region = region
        self.accessKeyID = accessKeyID
    }

    /// What ARNs say if nobody says a region.
    static let standardRegion = "us-east-1"

    /// Whether a text can be the name of a region: it becomes a part of ARNs. 1 to 64 letters, digits, `-` and `_`.
    public static func isRegion(_ text: String) -> Bool { isPlain(text) }

    /// Whether a text has 1 to 64 letters, digits, `-` and `_`.
    fileprivate static func isPlain(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in byte.isNameByte && byte != UInt8(ascii: ".") }
    }
}

/// What of a caller has tables, streams, backups and tokens of its own.
public enum Isolation: String, Sendable, Hashable, CaseIterable {
    /// The region that requests are signed for.
    case region
    /// The access key.
    case key
}

extension Engine {
    /// Whether callers get different answers, so that ``seen(by:)`` has to be asked.
    public var dependsOnCaller: Bool { fixedRegion == nil || !isolation.isEmpty }

    /// The engine as a caller sees it: ARNs say the caller's region, and with ``Options/isolation`` there are the
    /// caller's own tables only. It is closed with the engine.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError`` if the answers would depend on a region or access key that cannot be one:
    ///   `InvalidSignatureException`, `UnrecognizedClientException`.
    public func seen(by caller: Caller) throws(DynamoDBError) -> Engine {
        answering(in: try view(of: caller))
    }

    /// What a caller sees.
    package struct View: Sendable, Hashable {
        /// What ARNs say.
        package let region: String
        /// Whose tables there are; empty for those that all share.
        let namespace: String
    }

    /// What a caller sees; it throws as ``seen(by:)`` does.
    package func view(of caller: Caller) throws(DynamoDBError) -> View {
        var region = self.region
        if let asked = caller.region, fixedRegion == nil || isolation.contains(.region) {
            guard Caller.isRegion(asked) else {
                throw DynamoDBError(
                    code: .invalidSignatureException,
                    message: "Credential should be scoped to a valid region, not '\(asked)'. ")
            }
            region = asked
        }
        return View(region: region, namespace: try namespace(of: caller.accessKeyID ?? "", in: region))
    }

    private func namespace(of key: String, in region: String) throws(DynamoDBError) -> String {
        guard !isolation.isEmpty else { return "" }
        let (byKey, byRegion) = (isolation.contains(.key), isolation.contains(.region))
        if let owner, !byKey || owner.accessKeyID == key, !byRegion || owner.region == region { return "" }
        guard !byKey || key.isEmpty || Caller.isPlain(key) else {
            throw DynamoDBError(
                code: .unrecognizedClientException,
                message: "The security token included in the request is invalid.")
        }
        return (byKey ? "\(key)@" : "") + (byRegion ? region : "")
    }
}
