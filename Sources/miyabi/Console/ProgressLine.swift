import Foundation
import MiyabiOperations

/// One line on standard error that says what is being done; nothing when that is not a terminal, or NO_COLOR is set.
struct ProgressLine: Sendable {
    /// Writes the text over the last one.
    func show(_ text: String) {
        if Terminal.drawsOverLines { FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
    }

    /// Says how far a backup is.
    func show(_ progress: EnvironmentBackup.Progress) {
        switch progress {
        case .step(let step): show("backing up: \(step)")
        case .written(let bytes): show("backing up: PostgreSQL, \(megabytes(bytes))")
        case .removed(let name): interrupt(with: "miyabi: deleted the old backup \(name)")
        }
    }

    /// Writes a line of text, on a terminal in the place of what was shown.
    func interrupt(with line: String) {
        clear()
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// Takes the line away.
    func clear() { show("") }
}
