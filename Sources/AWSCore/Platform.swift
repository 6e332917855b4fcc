#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Variables of AWS's tools that concern more than credentials.
package enum AWSVariables {
    /// `AWS_CA_BUNDLE`: a file of authorities to trust instead of the system's.
    package static var authoritiesPath: String? { Platform.environment.value("AWS_CA_BUNDLE") }
}

/// What credentials need of the operating system.
enum Platform {
    /// The process's environment.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// A file's text; nil when it cannot be read or is not UTF-8.
    static func text(ofFile path: String) -> String? {
        FileManager.default.contents(atPath: path).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Whole seconds since 1970, UTC.
    static var secondsSince1970: Int { Int(Date().timeIntervalSince1970) }
}

extension Dictionary where Key == String, Value == String {
    /// A variable's value; an empty one counts as not set.
    func value(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
