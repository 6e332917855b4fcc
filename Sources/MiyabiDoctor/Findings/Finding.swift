/// How bad a finding is.
public enum Level: String, Sendable, Comparable, CaseIterable, Codable {
    /// It could be better; nothing is wrong.
    case advice
    /// It costs something today, or will: mend it soon.
    case warning
    /// Data, safety or service are in danger.
    case error

    /// By how bad they are.
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .advice: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// A half of the database.
public enum Half: String, Sendable, CaseIterable, Codable {
    /// PostgreSQL.
    case postgres
    /// DynamoDB.
    case dynamoDB = "dynamodb"
}

/// One thing that is wrong, and what mends it.
public struct Finding: Sendable, Equatable, Codable {
    /// The rule's name.
    public var rule: String
    /// How bad it is; some rules tell more than one level.
    public var level: Level
    /// The half where it is.
    public var half: Half
    /// What it is about: `index public.events_key`, `table MiyabiEvents`.
    public var object: String
    /// What is wrong, in one sentence.
    public var message: String
    /// The numbers behind the sentence, by their names.
    public var evidence: [String: Evidence]
    /// The SQL or the command that mends it. It is never run by the doctor.
    public var mend: String
}

/// Something that could not be looked at, and why. It is not known to be well.
public struct Unseen: Sendable, Equatable, Codable {
    /// The rule's name.
    public var rule: String
    /// The half where it is.
    public var half: Half
    /// Why, with what would help.
    public var reason: String
}

/// A number, a text or a flag.
public enum Evidence: Sendable, Equatable {
    /// A whole number, such as one of rows or bytes.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// A name or a statement.
    case text(String)
    /// Yes or no.
    case flag(Bool)
}

extension Evidence: Codable, CustomStringConvertible {
    /// Reads a JSON value. What is neither number, text nor flag becomes an empty text.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text((try? value.decode(String.self)) ?? "")
        }
    }

    /// Writes a JSON value.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .integer(let integer): try value.encode(integer)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .flag(let flag): try value.encode(flag)
        }
    }

    /// The value as a person reads it.
    public var description: String {
        switch self {
        case .integer(let integer): "\(integer)"
        case .number(let number): "\((number * 100).rounded() / 100)"
        case .text(let text): text
        case .flag(let flag): flag ? "yes" : "no"
        }
    }
}
