import Foundation
import Logging

/// Log lines for a person: no label and no source, the level only where it matters, a time only in a file.
struct ConsoleLogHandler: LogHandler {
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
        line += "miyabi: "
        if event.level >= .warning || event.level <= .debug { line += "\(event.level): " }
        line += "\(event.message)"
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        if !all.isEmpty {
            line += " (" + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + ")"
        }
        Console.error(line)
    }
}
