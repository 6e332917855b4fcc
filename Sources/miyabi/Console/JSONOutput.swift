import Foundation

/// What `--json` writes, alike for every command: one object on one line, its keys sorted and in snake_case as the columns
/// and attributes that they tell of, times in ISO 8601 with milliseconds. A list is one line an element (NDJSON), nothing
/// when it is empty. What is not known is left out.
enum JSONOutput {
    /// The line of a value.
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in Key(path.last?.stringValue ?? "") }
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// `startedAt` as `started_at`, `userID` as `user_id`, `dynamoDB` as `dynamodb`.
    static func snakeCase(_ name: String) -> String {
        var words = ""
        var wasUpper = true
        for character in name.replacing("DynamoDB", with: "Dynamodb").replacing("dynamoDB", with: "dynamodb") {
            if character.isUppercase && !wasUpper { words.append("_") }
            words += character.lowercased()
            wasUpper = character.isUppercase || character == "_"
        }
        return words
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = snakeCase(name) }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension Console {
    /// Writes a value as `--json` promises it.
    static func json(_ value: some Encodable) throws { try result(try JSONOutput.line(value)) }
}
