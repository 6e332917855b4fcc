import Foundation
import Logging
import Postgres
import Synchronization
import MiyabiHome
import MiyabiMigrations
import MiyabiSystem

extension Supervisor {
    /// Runs Miyabi's migrations and then the user's own.
    ///
    /// What is wrong with migrations keeps no database from starting: who has to mend it needs the database.
    ///
    /// - Throws: `PostgresError` when the server fails; `CancellationError`.
    func migrate(_ configuration: PostgresConfiguration) async throws -> EnvironmentState.MigrationReport {
        let report = Mutex(EnvironmentState.MigrationReport())
        for series in MigrationSeries.allCases {
            guard report.withLock({ $0.failures.isEmpty }) else {
                report.withLock { $0.warnings.append("your own migrations were not run, since Miyabi's were not") }
                break
            }
            let name = Self.name(of: series)
            do {
                guard var migrator = try migrator(of: series, configuration) else {
                    try await noticeOwnRows(configuration) { warning in report.withLock { $0.warnings.append(warning) }
                    }
                    continue
                }
                migrator.policy = MigrationPolicy(ignoresMissing: true)
                migrator.onEvent = { [logger] event in
                    switch event {
                    case .noticed(let problem): report.withLock { $0.warnings.append("\(name): \(problem)") }
                    case .waiting, .waitingForLock, .holdingUp: logger.warning("\(event)")
                    case .started, .finished: break
                    }
                }
                let clock = ContinuousClock()
                let begin = clock.now
                let steps = try await migrator.run()
                if steps.isEmpty { continue }
                logger.info("\(name): \(steps.count) applied in \((clock.now - begin).short)")
            } catch let error as MigrationError where [.invalidHistory, .unwritten].contains(error.code) {
                report.withLock { $0.warnings.append("\(name): \(error)") }
            } catch let error as MigrationError {
                report.withLock { $0.failures.append("\(name): \(error)") }
            }
        }
        let result = report.withLock { $0 }
        for warning in result.warnings { logger.warning("\(warning)") }
        for failure in result.failures { logger.error("\(failure)") }
        return result
    }

    /// Tells what is pending on an external database, and changes nothing.
    func tellPending(_ configuration: PostgresConfiguration) async throws {
        for series in MigrationSeries.allCases {
            guard let migrator = try migrator(of: series, configuration) else { continue }
            let pending = try await migrator.info().count { $0.state == .pending }
            guard pending > 0 else { continue }
            logger.warning(
                "\(Self.name(of: series)): \(pending) pending on it; run `miyabi migrate run`, or `miyabi up --prepare`"
            )
        }
    }

    /// Nil for the user's own where no directory is named.
    private func migrator(of series: MigrationSeries, _ configuration: PostgresConfiguration) throws -> Migrator? {
        let migrations =
            switch series {
            case .miyabi: try Migration.embedded
            case .own: try settings.migrations.map(Migration.load(directory:))
            }
        guard let migrations else { return nil }
        var migrator = Migrator(series: series, migrations: migrations, configuration: configuration, logger: logger)
        migrator.lockTimeout = settings.lockTimeout
        return migrator
    }

    private func noticeOwnRows(_ configuration: PostgresConfiguration, _ warn: (String) -> Void) async throws {
        let rows = try await Migrator(series: .own, migrations: [], configuration: configuration, logger: logger).info()
        guard !rows.isEmpty else { return }
        warn(
            """
            \(rows.count) migration(s) of your own are applied (\(MigrationSeries.own.table)), and MIYABI_MIGRATIONS names no \
            directory: newer ones are not run
            """)
    }

    private static func name(of series: MigrationSeries) -> String {
        switch series {
        case .miyabi: "Miyabi's migrations"
        case .own: "your own migrations"
        }
    }
}
