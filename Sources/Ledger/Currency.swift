// Why: money has as many decimals as ISO 4217 gives its currency, no more.

public import Wire

/// A currency of ISO 4217, with its number of decimals.
public struct Currency: Sendable, Hashable {
  /// The alphabetic code: `EUR`.
  public let code: Code
  /// Decimals of its smallest unit: 2 for EUR, 0 for JPY, 3 for KWD.
  public let decimals: Int

  /// The currency `code`; `nil` when ISO 4217 lists none such.
  public init?(_ code: Code) {
    guard let decimals = Currency.table[code.text] else { return nil }
    self.code = code
    self.decimals = decimals
  }

  // ISO 4217, list one: active currencies by number of decimals.
  private static let table: [String: Int] = {
    var table: [String: Int] = [:]
    let lists: [(Int, String)] = [
      (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
      (3, "BHD IQD JOD KWD LYD OMR TND"),
      (4, "CLF UYW"),
      (
        2,
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD \
        CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP \
        GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
        LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB \
        PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
        SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG
        """
      ),
    ]
    for (decimals, codes) in lists {
      for code in codes.split(separator: " ") { table[String(code)] = decimals }
    }
    return table
  }()
}
