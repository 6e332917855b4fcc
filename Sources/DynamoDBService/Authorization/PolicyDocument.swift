internal import DynamoDBEngine

/// An IAM policy: statements that allow or deny actions on resources under conditions.
///
/// Everything that it says is understood when it is made, or it is refused. See "IAM JSON policy element reference".
struct PolicyDocument: Sendable {
    /// What a policy is attached to.
    enum Kind: Sendable {
        /// An access key.
        case identity
        /// A table.
        case resource
    }

    /// AWS's limit of a managed policy's characters; white space does not count.
    static let identitySize = 6_144

    let statements: [PolicyStatement]
    /// What has to be found out of requests for its conditions.
    var detail: AccessDetail { statements.reduce(into: []) { $0.formUnion($1.detail) } }

    /// - Throws: ``PolicyError`` naming the statement.
    init(_ text: String, kind: Kind) throws(PolicyError) {
        try self.init(PolicyJSON(parsing: text), kind: kind)
        if kind == .identity {
            let size = text.unicodeScalars.count { ![" ", "\n", "\r", "\t"].contains($0) }
            guard size <= Self.identitySize else {
                throw PolicyError("it has \(size) characters without white space; \(Self.identitySize) are allowed")
            }
        }
    }

    private init(_ json: PolicyJSON, kind: Kind) throws(PolicyError) {
        guard case .object(let members) = json else { throw PolicyError("a policy must be a JSON object") }
        var hasVariables = false
        var values: [PolicyJSON]?
        for member in members {
            switch (member.name, member.value) {
            case ("Version", .string("2012-10-17")): hasVariables = true
            case ("Version", .string("2008-10-17")): break
            case ("Version", _): throw PolicyError("Version must be \"2012-10-17\" or \"2008-10-17\"")
            case ("Id", .string): break
            case ("Statement", .list(let list)): values = list
            case ("Statement", .object): values = [member.value]
            case ("Id", _), ("Statement", _): throw PolicyError("\(member.name) is not what it must be")
            default: throw PolicyError("the element \(member.name) is not known")
            }
        }
        guard let values, !values.isEmpty else { throw PolicyError("it has no Statement") }
        var statements: [PolicyStatement] = []
        var names: Set<String> = []
        for (index, value) in values.enumerated() {
            let name = value.sid.map { "statement \(index + 1) (\($0))" } ?? "statement \(index + 1)"
            do throws(PolicyError) {
                if let sid = value.sid, !names.insert(sid).inserted { throw PolicyError("another has the same Sid") }
                statements.append(try PolicyStatement(value, kind: kind, variables: hasVariables))
            } catch {
                throw error.within(name)
            }
        }
        self.statements = statements
    }
}

extension PolicyJSON {
    fileprivate var sid: String? {
        guard case .object(let members) = self,
            case .string(let text)? = members.first(where: { $0.name == "Sid" })?.value
        else { return nil }
        return text
    }
}

struct PolicyStatement: Sendable {
    enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    let effect: Effect
    /// The names of the actions that are meant.
    let actions: Set<String>
    private let resources: [PolicyResource]
    /// Whether all but those are meant.
    private let exceptResources: Bool
    private let principals: PolicyPrincipals?
    private let conditions: [PolicyCondition]

    var detail: AccessDetail { conditions.reduce(into: []) { $0.formUnion($1.key.detail) } }

    init(_ json: PolicyJSON, kind: PolicyDocument.Kind, variables: Bool) throws(PolicyError) {
        guard case .object(let members) = json else { throw PolicyError("a statement must be a JSON object") }
        var effect: Effect?
        var actions: Set<String>?
        var resources: [PolicyResource]?
        var exceptResources = false
        var principals: PolicyPrincipals?
        var conditions: [PolicyCondition] = []
        for member in members {
            let (name, value) = (member.name, member.value)
            switch name {
            case "Sid":
                guard case .string(let sid) = value, sid.utf8.allSatisfy({ $0.isLetterOrDigit }) else {
                    throw PolicyError("Sid may have letters and digits only")
                }
            case "Effect":
                guard case .string(let text) = value, let known = Effect(rawValue: text) else {
                    throw PolicyError("Effect must be \"Allow\" or \"Deny\"")
                }
                effect = known
            case "Action", "NotAction":
                guard actions == nil else { throw PolicyError("Action and NotAction exclude each other") }
                actions = try DynamoDBActions.named(try value.texts(name))
                if name == "NotAction" { actions = DynamoDBActions.all.subtracting(actions ?? []) }
            case "Resource", "NotResource":
                guard resources == nil else { throw PolicyError("Resource and NotResource exclude each other") }
                var read: [PolicyResource] = []
                for text in try value.texts(name) { read.append(try PolicyResource(text, variables: variables)) }
                resources = read
                exceptResources = name == "NotResource"
            case "Principal" where kind == .resource: principals = try PolicyPrincipals(value)
            case "Principal", "NotPrincipal":
                throw PolicyError(
                    kind == .resource
                        ? "\(name) is not known here" : "\(name) has no meaning in the policy of an access key")
            case "Condition": conditions = try Self.conditions(value, variables: variables)
            default: throw PolicyError("the element \(name) is not known")
            }
        }
        guard let effect else { throw PolicyError("it has no Effect") }
        guard let actions else { throw PolicyError("it has neither Action nor NotAction") }
        guard let resources else { throw PolicyError("it has neither Resource nor NotResource") }
        guard kind == .identity || principals != nil else { throw PolicyError("it has no Principal") }
        self.effect = effect
        self.actions = actions
        self.resources = resources
        self.exceptResources = exceptResources
        self.principals = principals
        self.conditions = conditions
    }

    private static func conditions(_ json: PolicyJSON, variables: Bool) throws(PolicyError) -> [PolicyCondition] {
        guard case .object(let operators) = json else { throw PolicyError("Condition must be a JSON object") }
        var conditions: [PolicyCondition] = []
        for comparison in operators {
            guard case .object(let keys) = comparison.value, !keys.isEmpty else {
                throw PolicyError("\(comparison.name) must be a JSON object of keys")
            }
            for key in keys {
                conditions.append(
                    try PolicyCondition(
                        comparison.name, key.name, try key.value.texts(key.name, words: true), variables: variables))
            }
        }
        return conditions
    }

    /// Whether it is about a question.
    func applies(to question: PolicyQuestion) -> Bool {
        guard actions.contains(question.access.action) else { return false }
        let isMeant = resources.contains { resource in
            resource.matches(question.access.resource, in: question.region, question.value)
        }
        guard isMeant != exceptResources else { return false }
        if let principals, !principals.contain(question.context.userName, granting: effect == .allow) { return false }
        return conditions.allSatisfy { $0.isMet(question) }
    }
}

extension PolicyJSON {
    /// A text, or a list of such.
    ///
    /// - Parameter words: whether numbers and truth values count as texts.
    fileprivate func texts(_ name: String, words: Bool = false) throws(PolicyError) -> [String] {
        var texts: [String] = []
        let values = if case .list(let list) = self { list } else { [self] }
        for value in values {
            switch value {
            case .string(let text): texts.append(text)
            case .word(let word) where words && word != "null": texts.append(word)
            default: throw PolicyError("\(name) must be a text or a list of texts")
            }
        }
        guard !texts.isEmpty else { throw PolicyError("\(name) is empty") }
        return texts
    }
}

/// Whom a statement of a resource-based policy is about.
private struct PolicyPrincipals: Sendable {
    private var everybody = false
    private var account = false
    private var users: Set<String> = []

    init(_ json: PolicyJSON) throws(PolicyError) {
        if json == .string("*") {
            everybody = true
            return
        }
        guard case .object(let members) = json, members.count == 1, members[0].name == "AWS" else {
            throw PolicyError("Principal must be \"*\" or {\"AWS\": …}: only access keys of this server ask here")
        }
        for text in try members[0].value.texts("Principal") {
            let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            if text == "*" {
                everybody = true
            } else if text.isAccount {
                account = true
            } else if parts.count == 6, parts[0] == "arn", parts[2] == "iam", String(parts[4]).isAccount {
                if parts[5] == "root" {
                    account = true
                } else if parts[5].hasPrefix("user/"), RequestContext.isUserName(String(parts[5].dropFirst(5))) {
                    users.insert(String(parts[5].dropFirst(5)))
                } else {
                    throw Self.refusal(text)
                }
            } else {
                throw Self.refusal(text)
            }
        }
    }

    private static func refusal(_ text: String) -> PolicyError {
        PolicyError("the principal \"\(text)\" is none of *, an account, and arn:aws:iam::ACCOUNT:user/NAME")
    }

    /// - Parameter granting: whether the statement allows. As on AWS, to allow the account is to leave it to the keys' own
    ///   policies.
    func contain(_ user: String, granting: Bool) -> Bool {
        everybody || account && !granting || users.contains(user)
    }
}

extension String {
    fileprivate var isAccount: Bool { utf8.count == 12 && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x7A).contains(self | 0x20) }
}
