/// A name and the secret that requests in this name are signed with.
public struct AccessKey: Sendable, Hashable {
    /// The name: 20 letters and digits, as AWS's are.
    public let id: String
    /// The secret: 40 characters. It is never sent, and never logged.
    public let secret: String

    /// Makes a key that nobody can guess.
    static func generate() -> AccessKey {
        AccessKey(
            id: "AKIA" + random(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            secret: random(40, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
    }

    private static func random(_ count: Int, of alphabet: String) -> String {
        let alphabet = Array(alphabet)
        // The system's generator is cryptographically secure.
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }
}

extension AccessKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The name alone.
    public var description: String { id }
    /// The name alone.
    public var debugDescription: String { id }
}
