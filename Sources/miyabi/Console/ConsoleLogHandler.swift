import Foundation
import Logging

/// Log lines for a person: the half that writes if it is not the supervisor, the level only where it matters, a time only in
/// a file. `miyabi logs` reads what this writes.
struct ConsoleLogHandler: LogHandler {
    /// The metadata that names the half.
    static let half = "half"

    let timestamps: Bool
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(timestamps: Bool) { self.timestamps = timestamps }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = timestamps ? Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) + " " : ""
        var all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        line += "\(all.removeValue(forKey: Self.half) ?? "miyabi"): "
        if event.level >= .warning || event.level <= .debug { line += "\(event.level): " }
        line += "\(event.message)"
        if !all.isEmpty {
            line += " (" + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + ")"
        }
        Console.error(line)
    }
}
