import Foundation

/// The Swift examples of a page of documentation, and those that do not stand, line by line, in the test that runs them.
public struct GuideExamples {
    /// All examples.
    public let all: [String]
    /// The examples that nothing runs.
    public let missing: [String]

    /// - Parameters:
    ///   - page: the page, from the project's root.
    ///   - source: the file of the test.
    public init(of page: String, runBy source: String = #filePath) throws {
        let source = URL(filePath: source)
        let root = source.deletingLastPathComponent().appending(path: "../../..")
        let known = Self.trimmed(try String(contentsOf: source, encoding: .utf8)[...])
        let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
        all = text.components(separatedBy: "```swift\n").dropFirst().map { example in
            Self.trimmed(example.prefix(upTo: example.firstRange(of: "```")?.lowerBound ?? example.endIndex))
        }
        missing = all.filter { !known.contains($0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
