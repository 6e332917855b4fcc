/// The sections of a shared file: names in brackets, then `key = value` lines.
struct SharedFileText {
    /// The settings of each section, by lower-case key.
    private(set) var sections: [String: [String: String]] = [:]

    /// Parses a file's text. Lines that are neither a section nor a setting are passed over, and so are the indented
    /// settings below another, as AWS's tools do.
    init(_ text: String) {
        var section: String?
        var isBelow = false
        for line in text.split(whereSeparator: \.isNewline) {
            let isIndented = line.first?.isWhitespace == true
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                let name = String(line[line.index(after: line.startIndex)..<end].trimmed)
                section = name
                sections[name] = sections[name] ?? [:]
                isBelow = false
            } else if let section, let separator = line.firstIndex(of: "=") {
                if isIndented && isBelow { continue }
                let key = line[..<separator].trimmed.lowercased()
                let value = String(line[line.index(after: separator)...].trimmed)
                isBelow = value.isEmpty
                if !value.isEmpty { sections[section]?[key] = value }
            }
        }
    }
}

extension Substring {
    /// The text without white space at its ends.
    fileprivate var trimmed: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
