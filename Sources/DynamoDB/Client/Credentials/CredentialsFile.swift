/// The sections of a shared credentials file: names in brackets, then `key = value` lines.
struct CredentialsFile {
    /// The settings of each profile, by lower-case key.
    private(set) var profiles: [String: [String: String]] = [:]

    /// Parses a file's text. Lines that are neither a section nor a setting are passed over, as AWS's tools do.
    init(_ text: String) {
        var profile: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                let name = String(line[line.index(after: line.startIndex)..<end].trimmed)
                profile = name
                profiles[name] = profiles[name] ?? [:]
            } else if let profile, let separator = line.firstIndex(of: "=") {
                let key = line[..<separator].trimmed.lowercased()
                let value = String(line[line.index(after: separator)...].trimmed)
                if !value.isEmpty { profiles[profile]?[key] = value }
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
