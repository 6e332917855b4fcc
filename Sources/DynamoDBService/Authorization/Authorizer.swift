internal import DynamoDB
internal import DynamoDBEngine
internal import NIOCore
internal import Synchronization

/// The policies of an access key, ready to be asked.
struct IdentityPolicies: Sendable {
    /// The statements that are about each action.
    private let byAction: [String: [PolicyStatement]]
    let detail: AccessDetail

    init(_ documents: [PolicyDocument]) {
        var byAction: [String: [PolicyStatement]] = [:]
        for statement in documents.flatMap(\.statements) {
            for action in statement.actions { byAction[action, default: []].append(statement) }
        }
        self.byAction = byAction
        detail = documents.reduce(into: []) { $0.formUnion($1.detail) }
    }

    func ruling(on question: PolicyQuestion) -> PolicyRuling {
        PolicyRuling(byAction[question.access.action] ?? [], on: question)
    }
}

/// What statements say of an access: a denial counts more than all else.
enum PolicyRuling: Sendable {
    case denied, allowed, silent

    init(_ statements: [PolicyStatement], on question: PolicyQuestion) {
        var isAllowed = false
        for statement in statements where statement.applies(to: question) {
            if statement.effect == .deny {
                self = .denied
                return
            }
            isAllowed = true
        }
        self = isAllowed ? .allowed : .silent
    }
}

/// Whoever asks with an access key.
final class Identity: Sendable {
    let userName: String
    /// Nil for a key that may do everything, as an administrator's policy would say.
    let policies: IdentityPolicies?

    init(userName: String, policies: IdentityPolicies?) {
        self.userName = userName
        self.policies = policies
    }
}

/// What one request may do.
struct Rights: Sendable {
    let authorizer: Authorizer
    let identity: Identity
    /// Whether there are policies of tables to ask, too.
    let tablesCount: Bool
    let context: RequestContext
    /// Whether regions have tables of their own.
    let regionMatters: Bool

    /// - Throws: `AccessDeniedException`, in AWS's words.
    func check(_ request: some AccessTelling, on engine: Engine) throws(DynamoDBError) {
        try authorizer.check(request, self, on: engine)
    }
}

/// Who is at the other end of a connection.
struct Peer: Sendable {
    let address: SocketAddress?
    let isEncrypted: Bool
}

/// Decides what requests may do, by the policies of keys and of tables.
///
/// All is of one account: an access is allowed if a policy of the key or of the table allows it, and none of both denies it.
final class Authorizer: Sendable {
    private let tablePolicies = TablePolicies()

    /// - Throws: `AccessDeniedException`, in AWS's words.
    func check(_ request: some AccessTelling, _ rights: Rights, on engine: Engine) throws(DynamoDBError) {
        let (identity, context) = (rights.identity, rights.context)
        let detail: AccessDetail = rights.tablesCount ? [.leadingKeys, .attributes] : identity.policies?.detail ?? []
        for access in try engine.accesses(of: request, detail: detail) {
            let question = PolicyQuestion(
                access: access, context: context, region: rights.regionMatters ? context.region : nil)
            let table = rights.tablesCount ? try tablePolicies.policy(of: access, on: engine) : nil
            try check(question, of: identity, table)
        }
    }

    private func check(
        _ question: PolicyQuestion, of identity: Identity, _ table: TablePolicies.Policy?
    ) throws(DynamoDBError) {
        let own = identity.policies?.ruling(on: question) ?? .allowed
        if own == .denied { throw .denied(question, "with an explicit deny in an identity-based policy") }
        // Whoever may do everything can always mend a table's policy that lets nobody in.
        if let table, identity.policies != nil || !question.access.action.hasSuffix("ResourcePolicy") {
            guard let document = table.document else {
                throw .denied(
                    question, "because the resource-based policy of the table cannot be understood: \(table.fault)")
            }
            switch PolicyRuling(document.statements, on: question) {
            case .denied: throw .denied(question, "with an explicit deny in a resource-based policy")
            case .allowed: return
            case .silent: break
            }
        }
        guard own == .allowed else {
            throw .denied(
                question, "because no identity-based policy allows the dynamodb:\(question.access.action) action")
        }
    }
}

/// The resource-based policies of tables, each read once.
private final class TablePolicies: Sendable {
    struct Policy: Sendable {
        let text: String
        /// Nil for one that was kept when nobody looked at it.
        let document: PolicyDocument?
        let fault: String
    }

    private let known = Mutex<[UInt32: Policy]>([:])

    func policy(of access: Access, on engine: Engine) throws(DynamoDBError) -> Policy? {
        guard let name = access.table, let (table, text) = try engine.resourcePolicy(ofTable: name) else { return nil }
        if let policy = known.withLock({ $0[table] }), ExactString(policy.text) == ExactString(text) { return policy }
        let policy: Policy
        do {
            policy = Policy(text: text, document: try PolicyDocument(text, kind: .resource), fault: "")
        } catch {
            policy = Policy(text: text, document: nil, fault: error.description)
        }
        known.withLock { $0[table] = policy }
        return policy
    }
}

extension DynamoDBError {
    fileprivate static func denied(_ question: PolicyQuestion, _ reason: String) -> DynamoDBError {
        let (access, context) = (question.access, question.context)
        return DynamoDBError(
            code: .accessDeniedException,
            message:
                "User: \(context.principalARN) is not authorized to perform: dynamodb:\(access.action) on resource: "
                + "arn:aws:dynamodb:\(context.region):\(RequestContext.account):\(access.resource) \(reason)")
    }

    /// Refuses the policy of a table that cannot be understood.
    static func check(resourcePolicy text: String?) throws(DynamoDBError) {
        // What is too large, the engine refuses.
        guard let text, text.utf8.count <= 20 << 10 else { return }
        do {
            _ = try PolicyDocument(text, kind: .resource)
        } catch {
            throw .validation("One or more parameter values were invalid: Policy: \(error.description)")
        }
    }
}
