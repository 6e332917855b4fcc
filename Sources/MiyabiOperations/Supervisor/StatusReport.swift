public import FoundationEssentials
public import MiyabiHome
public import MiyabiSystem

/// What `miyabi status` tells.
public struct StatusReport: Codable, Sendable, Equatable {
    /// How a half is.
    public enum HalfState: String, Codable, Sendable {
        /// Embedded, and answers.
        case running
        /// Embedded, and no supervisor runs.
        case stopped
        /// External, and answers.
        case external
        /// Should answer, and does not.
        case unreachable
    }

    /// The PostgreSQL half.
    public struct Postgres: Codable, Sendable, Equatable {
        /// How it is.
        public var state: HalfState
        /// Where it is, without secrets.
        public var address: String?
        /// Its process, if it is embedded.
        public var pid: Int32?
        /// Its port, if it is embedded.
        public var port: Int?
        /// Its version.
        public var version: String?
        /// Migrations by their state, such as "applied": 6.
        public var migrations: [String: Int]?
        /// The user's own migrations by their state; those whose files `MIYABI_MIGRATIONS` does not lead to are "missing".
        public var ownMigrations: [String: Int]?
        /// What the login in `DATABASE_URL` may do that applications do not need; nil where that is nothing.
        public var widerThanNeeded: String?
        /// Why it is unreachable, or what it lacks.
        public var problem: String?
    }

    /// The DynamoDB half.
    public struct DynamoDB: Codable, Sendable, Equatable {
        /// How it is.
        public var state: HalfState
        /// Where it is.
        public var address: String?
        /// The process that serves it, if it is embedded.
        public var pid: Int32?
        /// Its port, if it is embedded.
        public var port: Int?
        /// Its version, if it is embedded.
        public var version: String?
        /// The three tables by name, with their state, such as "ACTIVE" or "missing".
        public var tables: [String: String]?
        /// Why it is unreachable, or what it lacks.
        public var problem: String?
    }

    /// How what lies on the disk is encrypted.
    public struct Encryption: Codable, Sendable, Equatable {
        /// "AES-256", or "none" for a home from before encryption; nil where DynamoDB is external or has no data yet.
        public var dynamoDB: String?
        /// The name of the data key of new files.
        public var dataKey: String?
        /// Files that earlier data keys still encrypt.
        public var filesOfEarlierKeys: Int?
        /// The volume of PostgreSQL's files, which PostgreSQL does not encrypt; nil where it is external.
        public var postgresVolume: VolumeEncryption?

        /// What is known of a home.
        public init(
            dynamoDB: String? = nil, dataKey: String? = nil, filesOfEarlierKeys: Int? = nil,
            postgresVolume: VolumeEncryption? = nil
        ) {
            self.dynamoDB = dynamoDB
            self.dataKey = dataKey
            self.filesOfEarlierKeys = filesOfEarlierKeys
            self.postgresVolume = postgresVolume
        }
    }

    /// The home.
    public var home: String
    /// What the supervisor is doing; nil when none runs.
    public var phase: EnvironmentState.Phase?
    /// The supervisor's process.
    public var pid: Int32?
    /// When the supervisor was started.
    public var startedAt: Date?
    /// How long it has been running, in seconds.
    public var uptimeSeconds: Int?
    /// The PostgreSQL half.
    public var postgres: Postgres
    /// The DynamoDB half.
    public var dynamoDB: DynamoDB
    /// How what lies on the disk is encrypted; whoever knows the engine's files fills it in.
    public var encryption: Encryption?

    /// Whether both halves answer and are as this program needs them: the schema is up to date, the tables are there, and
    /// the supervisor, where one runs, is ready.
    public var isUp: Bool {
        let answering: [HalfState] = [.running, .external]
        return answering.contains(postgres.state) && answering.contains(dynamoDB.state)
            && postgres.problem == nil && dynamoDB.problem == nil
            && dynamoDB.tables?.values.allSatisfy { $0 == "ACTIVE" || $0 == "UPDATING" } == true
            && phase ?? .ready == .ready
    }
}

extension StatusReport: CustomStringConvertible {
    /// The report for a person.
    public var description: String {
        var lines = ["home        \(home)", "supervisor  \(supervisor)"]
        lines += Self.half(
            "PostgreSQL", postgres.state, postgres.version, postgres.address, postgres.pid, postgres.problem)
        for (name, counts) in [("migrations", postgres.migrations), ("own migrations", postgres.ownMigrations)] {
            guard let counts, !counts.isEmpty else { continue }
            let states = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            lines.append("            \(name): " + states.joined(separator: ", "))
        }
        if let wider = postgres.widerThanNeeded { lines.append("            \(wider)") }
        lines += Self.half(
            "DynamoDB", dynamoDB.state, dynamoDB.version, dynamoDB.address, dynamoDB.pid, dynamoDB.problem)
        for (table, state) in (dynamoDB.tables ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("            \(table): \(state)")
        }
        if let encryption { lines += ["encryption  \(encryption)"] }
        return lines.joined(separator: "\n")
    }

    private var supervisor: String {
        guard let phase, let pid else { return "not running" }
        return "\(phase.rawValue), process \(pid)" + (uptimeSeconds.map { ", up \(Self.duration($0))" } ?? "")
    }

    private static func half(
        _ name: String, _ state: HalfState, _ version: String?, _ address: String?, _ pid: Int32?, _ problem: String?
    ) -> [String] {
        let facts = [state.rawValue, version.map { "version \($0)" }, address, pid.map { "process \($0)" }].compactMap {
            $0
        }
        let padded = name + String(repeating: " ", count: 12 - name.count)
        let problems = (problem ?? "").split(separator: "\n").map { "            \($0)" }
        return [padded + facts.joined(separator: ", ")] + problems
    }

    /// The two greatest units, such as "2 h 5 min".
    static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}

extension StatusReport.Encryption: CustomStringConvertible {
    /// A line for a person.
    public var description: String {
        var parts: [String] = []
        if let dynamoDB {
            let earlier = filesOfEarlierKeys.flatMap { $0 > 0 ? ", \($0) files with an earlier key" : nil } ?? ""
            parts.append("DynamoDB: \(dynamoDB)\(earlier)")
        }
        switch postgresVolume {
        case nil: break
        case .none?: parts.append("PostgreSQL: none, nor of its volume")
        case .unknown: parts.append("PostgreSQL: none; that of its volume is unknown")
        case .dmCrypt, .fscrypt: parts.append("PostgreSQL: that of its volume (\(postgresVolume?.rawValue ?? ""))")
        }
        return parts.isEmpty ? "both halves are external" : parts.joined(separator: "; ")
    }
}

/// The version of Miyabi Database.
public enum MiyabiVersion {
    /// Semantic, such as "0.1.0".
    public static let current = "0.1.0"
}
