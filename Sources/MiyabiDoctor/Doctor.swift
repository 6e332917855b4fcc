public import DynamoDB
public import Logging
public import Postgres

/// Looks at a running database and tells what is wrong, and the statement that mends it. It changes nothing.
public struct Doctor: Sendable {
    /// From where on the rules speak.
    public var thresholds = Thresholds()
    /// What PostgreSQL's settings are compared with.
    public var advice: SettingAdvice
    /// How long it may take as a whole; what is not looked at by then is told as unseen.
    public var limit = Duration.seconds(60)
    /// The rules that look, by their names; all by default.
    public var rules: Set<String> = Set(Doctor.rules.map(\.name))

    /// A doctor with every rule.
    public init(advice: SettingAdvice) { self.advice = advice }

    /// Every rule, in the order in which they look.
    public static let rules: [Rule] = postgresRules.map(\.rule) + dynamoDBRules.map(\.rule)

    private static let postgresRules: [PostgresRule] =
        SettingRules.all + TableRules.all + IndexRules.all + StatementRules.all + ColumnRules.all + AccessRules.all
        + SessionRules.all
    private static let dynamoDBRules: [DynamoDBRule] = DynamoDBRules.all

    /// Whether a chosen rule looks at a half.
    public func looks(at half: Half) -> Bool { Self.rules.contains { $0.half == half && rules.contains($0.name) } }

    /// Looks at PostgreSQL over a connection of its own, in transactions that only read.
    ///
    /// - Throws: `PostgresError` when the server cannot be reached. What a rule may not see is in the report.
    public func examine(_ configuration: PostgresConfiguration, logger: Logger) async throws -> Report {
        var configuration = try configuration.with("application_name", "miyabi doctor")
        // Each statement runs once; and behind a pooler a prepared one may be gone.
        configuration.statementCacheCapacity = 0
        let connection = try await PostgresConnection.connect(configuration, logger: logger)
        let patient = PostgresPatient(connection: connection, thresholds: thresholds, advice: advice)
        do {
            let report = try await run(
                Self.postgresRules.filter { rules.contains($0.rule.name) }.map { one in
                    (one.rule, { @Sendable in try await one.look(one.rule, patient) })
                })
            await connection.close()
            return report
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Looks at DynamoDB by what describes its tables, and a sample of their items.
    ///
    /// - Parameter isEmbedded: Whether it is a home's engine.
    /// - Throws: `DynamoDBError` when it cannot be reached. What a rule may not see is in the report.
    public func examine(_ dynamoDB: any DynamoDBAPI, isEmbedded: Bool) async throws -> Report {
        let patient = try await DynamoDBPatient(dynamoDB, thresholds: thresholds, isEmbedded: isEmbedded)
        return try await run(
            Self.dynamoDBRules.filter { rules.contains($0.rule.name) }.map { one in
                (one.rule, { @Sendable in try await one.look(one.rule, patient) })
            })
    }

    private func run(_ looks: [(Rule, @Sendable () async throws -> Look)]) async throws -> Report {
        let end = ContinuousClock.now + limit
        var report = Report()
        for (rule, look) in looks {
            report.looked += 1
            guard ContinuousClock.now < end else {
                report.add(rule, Look(unseen: ["no time was left: the rules before took \(Int(limit.seconds)) s"]))
                continue
            }
            do {
                report.add(rule, try await look())
            } catch let error as CannotLook {
                report.add(rule, Look(unseen: [error.reason]))
            } catch let error as PostgresError {
                guard let reason = error.reasonForNotLooking else { throw error }
                report.add(rule, Look(unseen: [reason]))
            } catch let error as DynamoDBError {
                guard let reason = error.reasonForNotLooking else { throw error }
                report.add(rule, Look(unseen: [reason]))
            }
        }
        return report
    }
}

extension Doctor {
    /// What was found.
    public struct Report: Sendable {
        /// The findings, worst first.
        public private(set) var findings: [Finding] = []
        /// What could not be looked at.
        public private(set) var unseen: [Unseen] = []
        /// How many rules have looked, those included that could not.
        public fileprivate(set) var looked = 0

        /// A report without anything.
        public init() {}

        fileprivate mutating func add(_ rule: Rule, _ look: Look) {
            findings += look.findings
            unseen += look.unseen.map { Unseen(rule: rule.name, half: rule.half, reason: $0) }
            sort()
        }

        /// Adds what was found in the other half.
        public mutating func add(_ other: Report) {
            findings += other.findings
            unseen += other.unseen
            looked += other.looked
            sort()
        }

        /// The worst first; those of one level as they were found.
        private mutating func sort() {
            findings = Level.allCases.reversed().flatMap { level in findings.filter { $0.level == level } }
        }
    }
}

extension PostgresError {
    /// Why a rule could not look; nil where nothing more can be looked at.
    fileprivate var reasonForNotLooking: String? {
        switch sqlState {
        case PostgresSQLState.insufficientPrivilege: message
        case PostgresSQLState.queryCancelled: "it took longer than 5 s"
        case PostgresSQLState.lockNotAvailable: "another session holds a lock"
        default: code == .server && sqlState?.hasPrefix("57P") != true ? "the server refuses: \(message)" : nil
        }
    }
}

extension DynamoDBError {
    /// Why a rule could not look; nil where nothing more can be looked at.
    fileprivate var reasonForNotLooking: String? {
        let local: [DynamoDBError.Code] = [
            .connectionFailed, .requestTimeout, .invalidResponse, .credentialsUnavailable, .invalidConfiguration,
        ]
        return local.contains(code) ? nil : "\(self)"
    }
}
