import { useState } from 'react'
import { contrastOk } from '#app/ui/contrast.ts'
import { StateTag } from '#app/ui/content.tsx'
import { Fr } from '#app/ui/fr.tsx'
import { FieldRow } from '#app/ui/form-layout.tsx'
import { TextField } from '#app/ui/inputs.tsx'

interface HueFieldsProps {
  hueBrand: number
  hueSecond: number
  errors?: readonly string[]
}

/** The two colours as one turns the wheel: with script the sample and the verdict follow the hand; the server judges in any case. */
export function HueFields({ hueBrand, hueSecond, errors }: HueFieldsProps) {
  const [pair, setPair] = useState({ hueBrand, hueSecond })
  const turn = (name: 'hueBrand' | 'hueSecond') => (event: { currentTarget: HTMLInputElement }) => {
    const hue = Number(event.currentTarget.value)
    if (Number.isInteger(hue) && hue >= 0 && hue <= 360) setPair((former) => ({ ...former, [name]: hue }))
  }
  const number = { type: 'number', min: 0, max: 360, step: 1, required: true } as const
  return (
    <>
      <FieldRow>
        <TextField
          {...number}
          name="hueBrand"
          label="Première teinte"
          hint="De 0 à 360 : 38 est une brique, 150 un vert, 250 un bleu."
          defaultValue={hueBrand}
          errors={errors}
          onInput={turn('hueBrand')}
        />
        <TextField
          {...number}
          name="hueSecond"
          label="Seconde teinte"
          hint="À 30 degrés au moins de la première."
          defaultValue={hueSecond}
          onInput={turn('hueSecond')}
        />
      </FieldRow>
      <HueSample {...pair} />
    </>
  )
}

/** Tokens follow the hues of the root only: a sample inside the page has to say them again (app/ui/styles/tokens.css). */
const sampleStyle = (brand: number, second: number) =>
  ({
    '--brand': `light-dark(oklch(52% 0.145 ${brand}), oklch(74% 0.12 ${brand}))`,
    '--brand-deep': `light-dark(oklch(36% 0.1 ${brand}), oklch(84% 0.08 ${brand}))`,
    '--brand-wash': `light-dark(oklch(95.5% 0.022 ${brand}), oklch(29% 0.05 ${brand}))`,
    '--second': `light-dark(oklch(45% 0.085 ${second}), oklch(77% 0.09 ${second}))`,
    '--second-wash': `light-dark(oklch(95% 0.022 ${second}), oklch(28% 0.04 ${second}))`,
  }) as Record<string, string>

function HueSample({ hueBrand, hueSecond }: { hueBrand: number; hueSecond: number }) {
  const contrast = contrastOk(hueBrand, hueSecond)
  return (
    <div className="stack" style={sampleStyle(hueBrand, hueSecond)}>
      <div className="row" aria-hidden="true">
        <span style={{ ...swatch, background: 'var(--brand)' }} />
        <span style={{ ...swatch, background: 'var(--brand-wash)' }} />
        <span style={{ ...swatch, background: 'var(--second)' }} />
        <span style={{ ...swatch, background: 'var(--second-wash)' }} />
      </div>
      <p>
        <strong style={{ color: 'var(--brand)' }}>Un titre</strong>{' '}
        <span style={{ background: 'var(--brand-wash)', color: 'var(--brand-deep)', padding: '0 .4em' }}>
          un repère
        </span>{' '}
        <span style={{ background: 'var(--second-wash)', color: 'var(--second)', padding: '0 .4em' }}>un autre</span>
      </p>
      <p className="small" role="status">
        {contrast.ok ? (
          <StateTag tone="good">Se lit partout</StateTag>
        ) : (
          <>
            <StateTag tone="bad">{contrast.why === 'contrast' ? 'Se lit mal' : 'Teintes trop proches'}</StateTag>{' '}
            <Fr>{`La paire la plus proche qui convient : ${contrast.nearest.hueBrand} et ${contrast.nearest.hueSecond}.`}</Fr>
          </>
        )}
      </p>
    </div>
  )
}

const swatch = { inlineSize: '3.5rem', blockSize: '2.75rem', borderRadius: '6px' }
