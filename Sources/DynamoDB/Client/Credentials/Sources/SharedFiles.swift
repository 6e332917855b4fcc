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
