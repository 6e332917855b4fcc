import Foundation
import MiyabiImport
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

/// "12.3 MB".
func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1_000_000) }

/// How far an import is, on a line of its own.
struct ProgressBar {
    let line = ProgressLine()
    private let width = 28

    /// Draws the bar over the last one.
    func show(_ summary: ImportSummary, at position: LineReader.Position) {
        let rate = summary.seconds > 0 ? Double(summary.lines) / summary.seconds : 0
        var bar = megabytes(position.bytes)
        if let size = position.size, size > 0 {
            let part = min(Double(position.bytes) / Double(size), 1)
            let filled = Int(part * Double(width))
            bar =
                "[\(String(repeating: "=", count: filled))\(String(repeating: " ", count: width - filled))] "
                + "\(Int(part * 100))% of \(megabytes(size))"
        }
        line.show("\(bar)  \(summary.lines) lines, \(Int(rate))/s")
    }
}
