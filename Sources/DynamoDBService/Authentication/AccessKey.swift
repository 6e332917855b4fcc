/// A name and the secret that requests in this name are signed with, and what they may do.
public struct AccessKey: Sendable, Hashable {
    /// The name: 20 letters and digits, as AWS's are.
    public let id: String
    /// The secret: 40 characters. It is never sent, and never logged.
    public let secret: String
    /// Who uses it, as a name that IAM could give a user; nil for a key that is only known by its ID.
    public var name: String?
    /// What it may do; nil for everything. A key with no policy at all may do what policies of tables allow.
    public var policies: [KeyPolicy]?

    /// Makes a value of its members.
    public init(id: String, secret: String, name: String? = nil, policies: [KeyPolicy]? = nil) {
        self.id = id
        self.secret = secret
        self.name = name
        self.policies = policies
    }

    /// Makes a key that nobody can guess.
    public static func generate(name: String? = nil, policies: [KeyPolicy]? = nil) -> AccessKey {
        AccessKey(
            id: "AKIA" + random(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            secret: random(40, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), name: name,
            policies: policies)
    }

    private static func random(_ count: Int, of alphabet: String) -> String {
        let alphabet = Array(alphabet)
        // The system's generator is cryptographically secure.
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }

    /// Whether a text can be a name: 1 to 64 letters, digits and `_+=,.@-`, as of IAM's users.
    public static func isName(_ text: String) -> Bool { RequestContext.isUserName(text) }

    /// Whether the key's ID or name is this.
    public func isCalled(_ reference: String) -> Bool { id == reference || name == reference }
}

extension AccessKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The name alone.
    public var description: String { id }
    /// The name alone.
    public var debugDescription: String { id }
}

/// An IAM policy that an access key has, under a name.
public struct KeyPolicy: Sendable, Hashable {
    /// At most so many a key, as IAM attaches to a user.
    public static let limit = 10

    /// 1 to 64 letters, digits and `_+=,.@-`.
    public let name: String
    /// The document: JSON without spaces.
    public let document: String

    /// Checks a document.
    ///
    /// - Throws: ``PolicyError`` for whatever is not understood in it: an element, an operator, a key or an action.
    public init(name: String, document: String) throws(PolicyError) {
        guard AccessKey.isName(name) else { throw PolicyError("\"\(name)\" cannot be the name of a policy") }
        _ = try PolicyDocument(document, kind: .identity)
        self.name = name
        self.document = try PolicyJSON(parsing: document).compact
    }
}

// MARK: - A line of the file
extension AccessKey {
    init(_ words: [String]) throws(PolicyError) {
        guard words.count >= 2 else { throw PolicyError("expected an access key ID and a secret") }
        self.init(id: words[0], secret: words[1])
        for word in words.dropFirst(2) {
            if word.hasPrefix("name=") {
                name = String(word.dropFirst("name=".count))
            } else if word == "limited" {
                policies = policies ?? []
            } else if word.hasPrefix("policy="), policies != nil {
                let parts = word.dropFirst("policy=".count).split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { throw PolicyError("expected policy=NAME:DOCUMENT") }
                policies?.append(try KeyPolicy(name: String(parts[0]), document: String(parts[1])))
            } else {
                throw PolicyError("expected an access key ID and a secret, and not what follows")
            }
        }
    }

    var line: String {
        var words = [id, secret]
        if let name { words.append("name=\(name)") }
        if let policies {
            words.append("limited")
            words += policies.map { "policy=\($0.name):\($0.document)" }
        }
        return words.joined(separator: " ")
    }
}
