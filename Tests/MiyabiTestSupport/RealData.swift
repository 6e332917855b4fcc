package import Foundation

/// The real data that lie beside the repository (`MIYABI_SHARED`, or `../shared`), or else the sample that the project
/// ships. A test that falls back on the sample says so.
package struct RealData {
    package let path: String
    package let isSample: Bool

    package static let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardized

    /// - Parameters:
    ///   - name: `commits` or `github-webhooks`.
    package static func file(_ name: String) -> RealData {
        let shared =
            ProcessInfo.processInfo.environment["MIYABI_SHARED"]
            ?? package.appending(path: "../shared").standardized.path
        let path = "\(shared)/data/\(name).ndjson.gz"
        guard FileManager.default.fileExists(atPath: path) else {
            print("NOTE: there is no \(path); this test uses the small sample of Database/sample instead")
            return RealData(path: package.appending(path: "Database/sample/\(name).ndjson").path, isSample: true)
        }
        return RealData(path: path, isSample: false)
    }
}
