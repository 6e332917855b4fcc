import MiyabiSystem

/// The text of a `.env` file, read as shells and dotenv libraries read it.
///
/// One `NAME=value` a line, `export` before it allowed. A value may be bare (a `#` after a blank begins a comment), in single
/// quotes (taken as it is) or in double quotes (with `\n`, `\"`, `\\`, `\$`). Nothing is substituted and nothing is run.
/// swift-configuration's provider reads no quotes and takes comments behind a value for a part of it; the
/// specification's own sample has such comments.
struct EnvironmentFileText {
    /// The variables; of a name given twice the last counts.
    private(set) var variables: [String: String] = [:]

    /// - Throws: `invalidSetting` with the line's number for a line that is none of these; it never shows the line.
    init(_ text: String, path: String = ".env") throws(OperationsError) {
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var line = Self.trim(raw)
            if index == 0 && line.hasPrefix("\u{FEFF}") { line = line.dropFirst() }
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = Self.trim(line.dropFirst("export ".count)) }
            guard let equals = line.firstIndex(of: "="), case let name = Self.trim(line[..<equals]),
                Self.isName(name), let value = Self.value(line[line.index(after: equals)...])
            else {
                throw OperationsError(
                    .invalidSetting, "\(path), line \(index + 1): not NAME=value, or a quote that is not closed")
            }
            variables[String(name)] = value
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func value(_ text: Substring) -> String? {
        switch text.first {
        case "'":
            guard let end = text.dropFirst().firstIndex(of: "'") else { return nil }
            return isEnd(text[text.index(after: end)...]) ? String(text[text.index(after: text.startIndex)..<end]) : nil
        case "\"":
            return doubleQuoted(text.dropFirst())
        default:
            var end = text.startIndex
            var previous: Character = " "
            while end < text.endIndex, !(text[end] == "#" && previous.isWhitespace) {
                previous = text[end]
                end = text.index(after: end)
            }
            return String(trim(text[..<end]))
        }
    }

    private static func doubleQuoted(_ text: Substring) -> String? {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "\"": return isEnd(rest) ? value : nil
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                switch escaped {
                case "n": value.append("\n")
                case "\"", "\\", "$", "`": value.append(escaped)
                default: value += "\\\(escaped)"
                }
            default: value.append(character)
            }
        }
        return nil
    }

    /// After a closing quote only a comment may follow.
    private static func isEnd(_ rest: Substring) -> Bool {
        let rest = trim(rest)
        return rest.isEmpty || rest.hasPrefix("#")
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
