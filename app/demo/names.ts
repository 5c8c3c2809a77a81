/** Invented people: names of the country, none of which stands in the report of 2022 (checked by a test). */
export const familyNames =
  'Abadie Alibert Amiel Andrieu Arnal Astruc Aubanel Auriol Azéma Balssa Barthe Bastide Baudran Bayle Belhadj Benaïssa Benkaddour Bessières Blanquer Boissonnade Bonafous Bouchara Boukhris Bouscarel Boyer Brunel Cabanel Cabrol Calmels Calvet Cambon Canac Carrière Cartailler Castanier Castelnau Causse Cavaillès Cazalis Chabbert Chaptal Clergue Combettes Coste Coulondre Courtès Cros Daudé Delmas Deltour Desfours Dhombres Djebbar Domergue Doumenc Durandeau Escande Espinasse Estève Fabrègue Falgas Fargues Faucher Faugère Ferrières Fontanel Foulquier Fraysse Gaillac Galibert Galtier Garrigou Gaubert Gineste Girbal Gleizes Gounelle Granier Guibal Guiraud Haddouche Hébrard Imbert Issartel Jalabert Jaussaud Julian Kerbache Labrunie Lacombe Lagarde Lapeyre Larguier Laurens Lavabre Lhermet Lignon Loubière Maffre Magnan Malafosse Malaterre Marquier Martel Mas Maurel Mazeran Mazurier Merle Mestre Miquel Mondon Montagnac Mouliérac Moulinas Nadal Navas Nègre Nougaret Olivet Orliac Oustric Panafieu Parguel Pelet Peyron Pagézy Plantier Pons Portal Pouget Pradel Puech Quintard Rabiau Ramond Raynal Reboul Requi Reynès Rieutord Rigal Rouanet Roucaute Roumégas Rouvière Sabatier Salavert Salles Sanchis Saumade Segondy Serres Servières Sicre Soulier Tabarly Tailhades Teissèdre Teulon Thibaud Touati Tournemire Trémolet Truchet Ubeda Valat Vayssade Verdeil Vernhet Viala Vidalenc Viguier Vivarès Zerrouki'.split(
    ' ',
  )

export const womenNames =
  'Agathe Aïcha Amandine Anaïs Anissa Axelle Aurore Bérénice Blandine Capucine Carmen Céline Chloé Coralie Dalila Delphine Djamila Élise Élodie Emma Estelle Eugénie Fanny Farida Fatiha Flavie Florence Garance Ghislaine Hélène Inès Jeanne Joëlle Judith Karima Laetitia Latifa Laure Leïla Lise Louise Lucie Maëlle Manon Margaux Marion Mathilde Maud Mireille Myriam Nadège Nadia Naïma Noémie Odile Océane Pauline Perrine Rachida Salima Samira Sandrine Sarah Séverine Solène Soraya Stéphanie Suzanne Valentine Yasmina Zoé'.split(
    ' ',
  )

export const menNames =
  'Abdel Adrien Aimé Alban Alexis Amine Antonin Armand Arnaud Aurélien Axel Bastien Baptiste Benoît Bilal Boris Cédric Clément Corentin Cyprien Damien David Émile Étienne Fabien Félix Florian Gaël Gaspard Gilles Grégory Guilhem Hakim Hugo Idriss Ismaël Jérôme Joan Joris Julien Karim Laurent Léo Loïc Lucas Malik Marius Mathieu Maxime Mehdi Mickaël Nabil Nathan Nicolas Noé Pascal Quentin Rachid Raphaël Rémi Romain Sacha Samuel Sébastien Simon Sylvain Tarik Théo Tristan Valentin Vincent Yann Youssef Zacharie'.split(
    ' ',
  )
