public import Logging
public import MiyabiHome
public import MiyabiOperations
import MiyabiSystem

extension Doctor {
    /// A doctor for the database that the settings name.
    public init(for settings: Settings) { self.init(advice: SettingAdvice(settings)) }

    /// Looks at both halves, as far as a chosen rule does.
    ///
    /// - Returns: What was found, and what kept it from looking at a half at all.
    /// - Throws: `CancellationError`.
    public func examine(
        _ environment: MiyabiEnvironment, logger: Logger
    ) async throws -> (report: Report, failures: [any Error]) {
        var report = Report()
        var failures: [any Error] = []
        for half in Half.allCases where looks(at: half) {
            do {
                switch half {
                case .postgres: report.add(try await examine(environment.owner, logger: logger))
                case .dynamoDB:
                    report.add(
                        try await examine(
                            environment.dynamoDB, isEmbedded: environment.settings.dynamoDB.location == .embedded))
                }
            } catch {
                try Task.checkCancellation()
                failures.append(error)
            }
        }
        return (report, failures)
    }
}

extension SettingAdvice {
    /// What the settings of a PostgreSQL should be. The machine of an external one is known if `MIYABI_MEMORY_MB` tells it.
    public init(_ settings: Settings) {
        let tuning = settings.tuning
        let isEmbedded = settings.postgres.url == nil
        self.init(demandedConnections: settings.instances * settings.postgres.maxConnections, isEmbedded: isEmbedded)
        guard isEmbedded || settings.machine.memorySource == "MIYABI_MEMORY_MB" else { return }
        source = "\(settings.machine.memoryMiB) MiB of \(settings.machine.memorySource)"
        connectionCeiling = tuning.connectionCeiling
        memory = [
            "shared_buffers": tuning.sharedBuffersMiB << 20,
            "effective_cache_size": tuning.effectiveCacheSizeMiB << 20,
            "work_mem": tuning.workMemMiB << 20,
            "maintenance_work_mem": tuning.maintenanceWorkMemMiB << 20,
        ]
    }
}
