import MiyabiSystem

extension ServerTuning: CustomStringConvertible {
    /// All settings with their reasons, for `miyabi up --explain-settings`.
    public var description: String {
        var lines = [
            "For \(machine.memoryMiB) MiB of memory (\(machine.memorySource)), \(machine.processors) processor(s), "
                + "\(instances) application instance(s) with pools of \(poolSize) connections.",
            "Change these with MIYABI_MEMORY_MB, MIYABI_INSTANCES and DB_MAX_CONNECTIONS.",
        ]
        for group in parameters {
            lines += ["", group.title]
            for parameter in group.parameters {
                lines += ["  \(parameter.line)", "      \(parameter.reason)"]
            }
        }
        return lines.joined(separator: "\n")
    }
}
