/// Rows in aligned columns below a header, as lists are shown to a person.
///
/// On a terminal no line is longer than the terminal is wide: the widest columns give way, and what was cut ends in "…".
/// In a file or a pipe nothing is cut.
struct Table {
    private let header: [String]
    private var rows: [[String]] = []
    /// Above this a column is cut, also in a pipe.
    private static let widest = 200
    /// A column is not made narrower than this.
    private static let narrowest = 8
    private static let gap = 2

    /// Whether no row was added.
    var isEmpty: Bool { rows.isEmpty }

    init(_ header: String...) { self.header = header }

    /// Adds a row with as many cells as the header has. Data may hold anything: control characters do not get through to
    /// the terminal.
    mutating func add(_ cells: String...) {
        rows.append(cells.map { $0.printable.replacing("\n", with: "·").replacing("\t", with: "·") })
    }

    /// The lines, for a terminal so many columns wide; nil for a file or a pipe.
    func text(width: Int? = Terminal.width, withHeader: Bool = true) -> String {
        let lines = (withHeader ? [header] : []) + rows
        var widths = header.indices.map { column in
            min(([header] + rows).map { $0[column].columns }.max() ?? 0, Table.widest)
        }
        if let width { Table.narrow(&widths, to: width) }
        return lines.map { cells in
            var line = ""
            for (cell, width) in zip(cells, widths) {
                let shown = cell.cut(to: width)
                line += shown + String(repeating: " ", count: width - shown.columns + Table.gap)
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Takes from the widest column, again and again, until a line fits.
    private static func narrow(_ widths: inout [Int], to width: Int) {
        var excess = widths.reduce(0, +) + gap * (widths.count - 1) - width
        while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > narrowest {
            widths[widest] -= 1
            excess -= 1
        }
    }
}

extension String {
    /// The text without control characters other than ends of lines and tabs.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    let isHarmless = scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
                    return isHarmless ? scalar : "·"
                }))
    }

    /// How many columns of a terminal the text takes: East Asian characters and emoji two each, accents none.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text, or its beginning with "…", in at most so many columns.
    func cut(to width: Int) -> String {
        guard columns > width else { return self }
        var kept = ""
        var rest = width - 1
        for character in self {
            rest -= character.columns
            guard rest >= 0 else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}

extension Character {
    /// By the ranges that Unicode's EastAsianWidth.txt calls wide; a base character decides for what is combined with it.
    fileprivate var columns: Int {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
