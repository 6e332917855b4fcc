import Foundation
import MiyabiImport
import MiyabiOperations

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
