import Foundation
import MiyabiOperations

/// One line on standard error that says how far an import is; nothing when that is no terminal.
struct ProgressBar {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let width = 28

    /// Draws the line over the last one.
    func show(_ summary: ImportSummary, at position: LineReader.Position) {
        guard isTerminal else { return }
        let rate = summary.seconds > 0 ? Double(summary.lines) / summary.seconds : 0
        var line = ""
        if let size = position.size, size > 0 {
            let part = min(Double(position.bytes) / Double(size), 1)
            let filled = Int(part * Double(width))
            line =
                "[\(String(repeating: "=", count: filled))\(String(repeating: " ", count: width - filled))] "
                + "\(Int(part * 100))% of \(megabytes(size))"
        } else {
            line = megabytes(position.bytes)
        }
        write("\r\u{1B}[K\(line)  \(summary.lines) lines, \(Int(rate))/s")
    }

    /// Writes a line of text, on a terminal in the bar's place.
    func interrupt(with line: String) {
        clear()
        write(line + "\n")
    }

    /// Takes the line away.
    func clear() {
        if isTerminal { write("\r\u{1B}[K") }
    }

    private func megabytes(_ bytes: Int) -> String {
        String(format: "%.1f MB", Double(bytes) / 1_000_000)
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
