/// A moment in whole seconds, as tokens have it (RFC 7519, section 2), from 1970 through 9999.
struct NumericDate: Codable {
    let moment: Timestamp

    init(_ moment: Timestamp) {
        self.moment = moment
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let seconds = try container.decode(Int64.self)
        guard (0...253_402_300_799).contains(seconds) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date")
        }
        moment = Timestamp(seconds: seconds)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(moment.seconds)
    }
}
