import FoundationEssentials
import MiyabiHome
import MiyabiSystem

/// That a home can be restored to any moment, and from where: `recovery.json` in the home, as long as it can.
struct RecoveryPolicy: Codable, Sendable, Equatable {
    /// How many days the tables' history is kept, 1 to 35.
    var days: Int
    /// The directory that the WAL is received into: one for each time that recovery was turned on, since a cluster that was
    /// made anew, or restored, in the same home begins to number its WAL again.
    var log: LogDirectory

    /// The policy of a home; nil where point-in-time recovery is off.
    static func read(of home: MiyabiHome) throws(OperationsError) -> RecoveryPolicy? {
        guard Files.exists(home.recoveryFile) else { return nil }
        guard let text = Files.read(home.recoveryFile) else { throw .system("read", home.recoveryFile) }
        do {
            return try JSONDecoder().decode(RecoveryPolicy.self, from: Data(text.utf8))
        } catch {
            throw OperationsError(
                .recovery, "\(home.recoveryFile) is damaged: \(error)",
                advice: "Write a new one: miyabi recovery enable")
        }
    }

    func write(of home: MiyabiHome) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Files.write(String(decoding: try encoder.encode(self), as: UTF8.self) + "\n", to: home.recoveryFile)
    }
}
