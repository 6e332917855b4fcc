/// The profiles of the two files that AWS's tools share.
///
/// Source: AWS, "Shared config and credentials files" in the AWS SDKs and tools reference guide.
struct SharedFiles {
    let credentialsPath: String
    let configPath: String
    private let profiles: [String: [String: String]]

    /// Reads both files; one that is not there holds no profiles.
    init(environment: [String: String]) {
        let home = environment["HOME"] ?? ""
        credentialsPath = environment.value("AWS_SHARED_CREDENTIALS_FILE") ?? home + "/.aws/credentials"
        configPath = environment.value("AWS_CONFIG_FILE") ?? home + "/.aws/config"
        var profiles: [String: [String: String]] = [:]
        for (name, settings) in SharedFileText(Platform.text(ofFile: configPath) ?? "").sections {
            if name == "default" { profiles[name] = settings }
            guard name.hasPrefix("profile ") || name.hasPrefix("profile\t") else { continue }
            let profile = name.dropFirst(8).filter { $0 != "\"" && $0 != "'" }
            profiles[String(profile.drop { $0.isWhitespace })] = settings
        }
        // Where both files have a setting, that of the credentials file counts.
        for (name, settings) in SharedFileText(Platform.text(ofFile: credentialsPath) ?? "").sections {
            profiles[name, default: [:]].merge(settings) { $1 }
        }
        self.profiles = profiles
    }

    /// The settings of a profile, by lower-case name; nil when no file has it.
    func profile(_ name: String) -> [String: String]? { profiles[name] }
}

/// The sections of a shared file: names in brackets, then `key = value` lines.
package struct SharedFileText {
    /// The settings of each section, by lower-case key.
    package private(set) var sections: [String: [String: String]] = [:]

    /// Parses a file's text. Lines that are neither a section nor a setting are passed over, and so are the indented
    /// settings below another, as AWS's tools do.
    package init(_ text: String) {
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
