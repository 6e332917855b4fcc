import DynamoDB
import Foundation

/// The IAM policies of those who use Miyabi's tables: on AWS for roles and users, in the embedded engine for access keys. They
/// are the same documents, and each allows what Miyabi's own code calls, and nothing else.
public enum MiyabiPolicy: String, Sendable, CaseIterable {
    /// A service on the library: events, agents, leases, task queues, messages and subscriptions to streams. It neither
    /// makes nor changes tables, reads no table as a whole and deletes no event and no message: these expire.
    case application
    /// What relays the outbox, and subscribes to streams: it deletes nothing but what a subscription remembers.
    case relay
    /// Makes tables and sets what they are to be, backs them up and restores copies. It reads and writes no item of
    /// Miyabi's own tables, and deletes no table but such copies.
    case `operator`
    /// Reads everything, and changes nothing.
    case readOnly = "read-only"

    /// The document, as JSON.
    ///
    /// - Parameters:
    ///   - region: of the tables; `*` for all.
    ///   - account: of the tables, 12 digits; `*` for all.
    public func document(region: String = "*", account: String = "*") -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            statements: statements.map { statement in
                var statement = statement
                statement.resources = statement.resources.map { path in
                    // Some actions have no resource on AWS, and are allowed by this only.
                    path == "*" ? path : "arn:aws:dynamodb:\(region):\(account):\(path)"
                }
                return statement
            })
        // Texts and lists of texts have a form in JSON.
        guard let json = try? encoder.encode(document) else { preconditionFailure("a policy has no form in JSON") }
        return String(decoding: json, as: UTF8.self)
    }

    private var statements: [Statement] {
        switch self {
        case .application:
            [
                Statement("Events", ["BatchWriteItem", "PutItem", "Query"], on: [events]),
                Statement(
                    "AgentState",
                    [
                        "BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem",
                    ], on: [agentState]),
                Statement("Messages", ["BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"], on: [messages]),
                Statement("Indexes", ["Query"], on: ["\(events)/index/*", "\(messages)/index/*"]),
                .streams, .describe, .list,
            ]
        case .relay:
            [
                Statement("Events", ["BatchWriteItem", "PutItem", "Query"], on: [events]),
                Statement("AgentState", ["GetItem", "PutItem", "Query", "UpdateItem"], on: [agentState]),
                Statement(
                    "Subscriptions", ["DeleteItem"], on: [agentState],
                    condition: ["ForAllValues:StringLike": ["dynamodb:LeadingKeys": ["SUBSCRIPTION#*"]]]),
                Statement("Messages", ["GetItem", "PutItem", "Query", "UpdateItem"], on: [messages]),
                .streams, .describe, .list,
            ]
        case .operator:
            [
                Statement(
                    "Tables",
                    [
                        "CreateBackup", "CreateTable", "DescribeContinuousBackups", "DescribeTable",
                        "DescribeTimeToLive",
                        "ListTagsOfResource", "RestoreTableToPointInTime", "TagResource", "UntagResource",
                        "UpdateContinuousBackups", "UpdateTable", "UpdateTimeToLive",
                    ], on: tables),
                Statement(
                    "Copies",
                    [
                        "BatchWriteItem", "CreateBackup", "DeleteItem", "DeleteTable", "DescribeContinuousBackups",
                        "DescribeTable", "DescribeTimeToLive", "GetItem", "ListTagsOfResource", "PutItem", "Query",
                        "RestoreTableToPointInTime", "Scan", "UpdateItem",
                    ], on: [copies]),
                Statement(
                    "Backups", ["DeleteBackup", "DescribeBackup"],
                    on: tables.map { "\($0)/backup/*" } + ["\(copies)/backup/*"]),
                Statement("ListBackups", ["ListBackups"], on: ["*"]),
                .list,
            ]
        case .readOnly:
            [
                Statement("Items", ["BatchGetItem", "GetItem", "Query", "Scan"], on: tables),
                Statement("Indexes", ["Query", "Scan"], on: tables.map { "\($0)/index/*" }),
                Statement(
                    "Describe",
                    ["DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive", "ListTagsOfResource"],
                    on: tables),
                .list,
            ]
        }
    }

    private var events: String { "table/\(MiyabiTables.events.tableName)" }
    private var agentState: String { "table/\(MiyabiTables.agentState.tableName)" }
    private var messages: String { "table/\(MiyabiTables.webSocketMessages.tableName)" }
    private var tables: [String] { MiyabiTables.all.map { "table/\($0.tableName)" } }
    private var copies: String { "table/\(MiyabiTables.copyPrefix)*" }
}

extension MiyabiTables {
    /// What the copies are called that a restore to a moment makes while it needs them.
    package static let copyPrefix = "miyabi-restore-in-progress-"
}

extension MiyabiPolicy {
    private struct Document: Encodable {
        let version = "2012-10-17"
        let statements: [Statement]

        enum CodingKeys: String, CodingKey {
            case version = "Version"
            case statements = "Statement"
        }
    }

    private struct Statement: Encodable {
        let name: String
        let effect = "Allow"
        let actions: [String]
        var resources: [String]
        let condition: [String: [String: [String]]]?

        init(
            _ name: String, _ actions: [String], on resources: [String],
            condition: [String: [String: [String]]]? = nil
        ) {
            self.name = name
            self.actions = actions.map { "dynamodb:\($0)" }
            self.resources = resources
            self.condition = condition
        }

        enum CodingKeys: String, CodingKey {
            case name = "Sid"
            case effect = "Effect"
            case actions = "Action"
            case resources = "Resource"
            case condition = "Condition"
        }

        /// Subscriptions look for the table's stream, and read it.
        static let streams = Statement(
            "Streams", ["DescribeStream", "GetRecords", "GetShardIterator"],
            on: MiyabiTables.all.map { "table/\($0.tableName)/stream/*" })
        /// Whether the tables are there, and what their streams are called.
        static let describe = Statement(
            "Describe", ["DescribeTable"], on: MiyabiTables.all.map { "table/\($0.tableName)" })
        /// Whether DynamoDB answers.
        static let list = Statement("List", ["ListTables"], on: ["*"])
    }
}
