/// A place in a script, and how to show it: file, line, and a caret under the character.
public struct SourceExcerpt: Sendable, Hashable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column in characters (Unicode scalars), from 1.
    public let column: Int
    /// The whole line, without its end.
    public let text: String

    /// The place after `offset` Unicode scalars of `script`; the last one when there are fewer.
    init(file: String, script: String, offset: Int) {
        var line = 1
        var column = 1
        var lineStart = script.unicodeScalars.startIndex
        let end = script.unicodeScalars.index(
            script.unicodeScalars.startIndex, offsetBy: offset, limitedBy: script.unicodeScalars.endIndex)
        for index in script.unicodeScalars[..<(end ?? script.unicodeScalars.endIndex)].indices {
            column += 1
            if script.unicodeScalars[index] == "\n" {
                line += 1
                column = 1
                lineStart = script.unicodeScalars.index(after: index)
            }
        }
        self.file = file
        self.line = line
        self.column = column
        let rest = script.unicodeScalars[lineStart...].prefix { $0 != "\n" && $0 != "\r" }
        text = String(rest)
    }

    /// Three lines: `--> file:line:column`, the line of the script, and a caret below the place.
    public var description: String {
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        // A tab stays a tab, so that the caret is right whatever width the terminal gives it.
        let padding = text.unicodeScalars.prefix(column - 1)
            .map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.displayWidth) }
            .joined()
        return """
            \(margin)--> \(file):\(line):\(column)
            \(number) | \(text)
            \(margin) | \(padding)^
            """
    }
}

extension Unicode.Scalar {
    /// How many columns of a terminal the character takes: two for East Asian wide ones, none for combining marks.
    fileprivate var displayWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
