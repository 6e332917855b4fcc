extension DecimalNumber: LosslessStringConvertible {
    /// Parses a decimal number; nil for anything that is not a number of DynamoDB.
    public init?(_ text: String) {
        guard let number = try? DecimalNumber(parsing: text) else { return nil }
        self = number
    }

    /// Parses a decimal number, telling what is wrong with a bad one.
    public init(parsing text: String) throws(Fault) {
        var text = text
        var result: Result<DecimalNumber, Fault> = .failure(.notANumber)
        text.withUTF8 { bytes in
            do throws(Fault) {
                result = .success(try DecimalNumber(utf8: bytes))
            } catch {
                result = .failure(error)
            }
        }
        self = try result.get()
    }

    /// The number in DynamoDB's form: plain digits, without exponent, without needless zeros.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
