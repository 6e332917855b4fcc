import Foundation

/// A fixture that `Fixtures/generate.py` wrote.
enum Fixture {
    /// Decodes a file of the folder beside this one.
    static func decode<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(type, from: Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
    }

    /// A file's JSON as dictionaries and arrays.
    static func object(_ name: String) throws -> Any {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONSerialization.jsonObject(with: Data(contentsOf: tests.appending(path: "Fixtures/\(name)")))
    }
}
