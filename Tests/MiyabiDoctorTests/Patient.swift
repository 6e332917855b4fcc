import Logging
import MiyabiDoctor
import MiyabiTestSupport
import Postgres
import Testing

/// A database that a doctor looks at, and statements that make it ill or well.
struct Patient: Sendable {
    let configuration: PostgresConfiguration
    var doctor: Doctor

    /// - Parameter rules: Those that look; all where none is named.
    init(
        _ configuration: PostgresConfiguration, _ rules: String...,
        adjust: (inout Thresholds) -> Void = { _ in }
    ) {
        self.configuration = configuration
        doctor = Doctor(advice: SettingAdvice(demandedConnections: 20))
        if !rules.isEmpty { doctor.rules = Set(rules) }
        adjust(&doctor.thresholds)
    }

    init(_ configuration: PostgresConfiguration, _ rule: String, _ adjust: (inout Thresholds) -> Void) {
        self.init(configuration, rule, adjust: adjust)
    }

    func report() async throws -> Doctor.Report {
        try await doctor.examine(configuration, logger: TestPlatform.logger)
    }

    func findings() async throws -> [Finding] { try await report().findings }

    /// Runs statements one by one, so that each may be one that no transaction takes, and has the server count them.
    func run(_ statements: [String]) async throws {
        guard !statements.isEmpty else { return }
        let connection = try await PostgresConnection.connect(configuration, logger: TestPlatform.logger)
        do {
            for statement in statements + ["SELECT pg_stat_force_next_flush()", "SELECT 1"] {
                if statement.hasPrefix("!") {
                    await #expect(throws: PostgresError.self) {
                        try await connection.executeScript(String(statement.dropFirst()))
                    }
                } else {
                    try await connection.executeScript(statement)
                }
            }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    /// Runs what a finding says, as a person does who copies it: statement by statement, without the remark behind it.
    func mend(_ finding: Finding) async throws {
        let statements = finding.mend.components(separatedBy: "  -- ")[0].split(separator: ";").map(String.init)
        try await run(statements.filter { !$0.allSatisfy(\.isWhitespace) })
    }
}

extension String {
    fileprivate func components(separatedBy mark: String) -> [String] { split(separator: mark).map(String.init) }
}
